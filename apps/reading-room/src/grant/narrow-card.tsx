import { Badge, Card, CardBody, formatBytes } from '@crashkeep/ui';
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Grant, Narrowing } from '../api/wire.js';
import classes from './narrow-card.module.css';
import { minutesText } from './words.js';

interface NarrowCardProps {
  readonly grant: Grant;
  readonly narrow: Narrowing | null;
  readonly onNarrow: (narrow: Narrowing | null) => void;
}

/** Controls that only go down: fewer threads, less time, fewer bytes. */
export function NarrowCard({ grant, narrow, onNarrow }: NarrowCardProps): ReactNode {
  const { scope } = grant;
  const threads = scope.kind === 'stack' ? scope.threads : [];
  const kept = narrow?.scope?.kind === 'stack' ? narrow.scope.threads : threads;
  const change = (part: Narrowing): void => {
    onNarrow(tidy(grant, { ...narrow, ...part }));
  };
  return (
    <Card title="Make it smaller" end={narrow !== null && <Badge tone="seal">You made it smaller</Badge>}>
      <CardBody>
        <div className={classes['narrow']}>
          <Choice
            label="Time"
            value={narrow?.minutes ?? grant.minutes}
            choices={[15, 30, 60, 120].filter((minutes) => minutes < grant.minutes).concat(grant.minutes)}
            text={minutesText}
            onChange={(minutes) => {
              change({ minutes });
            }}
          />
          <Choice
            label="Byte budget"
            value={narrow?.bytes ?? grant.bytes}
            choices={[Math.ceil(grant.bytes / 4), Math.ceil(grant.bytes / 2), grant.bytes]}
            text={formatBytes}
            onChange={(bytes) => {
              change({ bytes });
            }}
          />
          {threads.length > 1 && (
            <fieldset className={classes['threads']}>
              <legend>Threads</legend>
              {threads.map((thread) => (
                <label key={thread}>
                  <input
                    type="checkbox"
                    checked={kept.includes(thread)}
                    disabled={kept.length === 1 && kept.includes(thread)}
                    onChange={() => {
                      const rest = kept.filter((one) => one !== thread);
                      const chosen = rest.length === kept.length ? [...rest, thread].sort((a, b) => a - b) : rest;
                      change({ scope: { kind: 'stack', threads: chosen } });
                    }}
                  />
                  Thread {thread}
                </label>
              ))}
            </fieldset>
          )}
        </div>
      </CardBody>
    </Card>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: number;
  readonly choices: readonly number[];
  readonly text: (value: number) => string;
  readonly onChange: (value: number) => void;
}

function Choice({ label, value, choices, text, onChange }: ChoiceProps): ReactNode {
  return (
    <div className="stack g2">
      <span className="t13 medium">{label}</span>
      <SegmentedControl
        aria-label={label}
        fullWidth
        value={String(value)}
        onChange={(chosen) => {
          onChange(Number(chosen));
        }}
        data={choices.map((choice) => ({ value: String(choice), label: text(choice) }))}
      />
      <span className="hint">Asked {text(choices.at(-1) ?? value)}</span>
    </div>
  );
}

/** What is as it was asked is no narrowing; none at all is null. */
function tidy(grant: Grant, { scope, minutes, bytes }: Narrowing): Narrowing | null {
  const same =
    scope?.kind === 'stack' && grant.scope.kind === 'stack' && scope.threads.length === grant.scope.threads.length;
  const kept: Narrowing = {
    ...(scope === undefined || same ? {} : { scope }),
    ...(minutes === undefined || minutes === grant.minutes ? {} : { minutes }),
    ...(bytes === undefined || bytes === grant.bytes ? {} : { bytes }),
  };
  return Object.keys(kept).length === 0 ? null : kept;
}
