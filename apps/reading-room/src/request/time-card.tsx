import { Card, CardBody, ChoiceList } from '@crashkeep/ui';
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { GrantPath, PolicyRules, Project } from '../api/wire.js';
import { minutesText } from '../grant/words.js';
import { type Draft, ruleOf } from './draft.js';

interface TimeCardProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly project: Project;
}

const CHOICES = [30, 60, 120, 240];

export function TimeCard({ draft, onChange, project }: TimeCardProps): ReactNode {
  const { activate_minutes: wait, rules } = project.policy;
  const longest = ruleOf(draft, project)?.minutesMax ?? project.policy.minutes_max;
  const choices = [...new Set([...CHOICES.filter((minutes) => minutes < longest), longest])].slice(0, 5);
  const paths = pathsOf(draft, rules);
  return (
    <Card title="3. How long">
      <CardBody>
        <div className="stack g2">
          <span className="t13 medium" id="time-label">
            Time, from the moment you open it
          </span>
          <SegmentedControl
            aria-labelledby="time-label"
            fullWidth
            value={String(draft.minutes)}
            onChange={(value) => {
              onChange({ minutes: Number(value) });
            }}
            data={choices.map((minutes) => ({ value: String(minutes), label: minutesText(minutes) }))}
          />
          {paths.length > 1 && (
            <ChoiceList
              legend="How it opens"
              value={draft.path}
              onChange={(path) => {
                onChange({ path });
              }}
              choices={paths}
            />
          )}
          <span className="hint">
            Once approved you have {minutesText(wait)} to open it. {minutesText(longest)} is the longest here.
          </span>
        </div>
      </CardBody>
    </Card>
  );
}

interface PathChoice {
  readonly value: GrantPath;
  readonly name: string;
  readonly hint: string;
}

const ASKED: PathChoice = {
  value: 'asked',
  name: 'Security approves',
  hint: 'Another person decides before you read.',
};

/** What the policy lets open it. */
function pathsOf({ kind }: Draft, { automatic, breakGlass }: PolicyRules): PathChoice[] {
  const machine = automatic.some((it) => it === kind)
    ? [
        {
          value: 'automatic',
          name: 'By the policy',
          hint: 'Only where a complete screen found nothing in the dump.',
        } as const,
      ]
    : [];
  const glass =
    breakGlass === null
      ? []
      : [
          {
            value: 'break-glass',
            name: 'Break the glass',
            hint: 'You read first. Security is told at once and must look within 24 hours.',
          } as const,
        ];
  return [ASKED, ...machine, ...glass];
}
