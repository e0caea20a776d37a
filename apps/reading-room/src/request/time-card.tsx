import { Card, CardBody } from '@crashkeep/ui';
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Project } from '../api/wire.js';
import { minutesText } from '../grant/words.js';
import type { Draft } from './draft.js';

interface TimeCardProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly project: Project;
}

const CHOICES = [30, 60, 120, 240];

export function TimeCard({ draft, onChange, project }: TimeCardProps): ReactNode {
  const { minutes_max: longest, activate_minutes: wait } = project.policy;
  const choices = CHOICES.filter((minutes) => minutes <= longest);
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
          <span className="hint">
            Once approved you have {minutesText(wait)} to open it. {minutesText(longest)} is the longest here.
          </span>
        </div>
      </CardBody>
    </Card>
  );
}
