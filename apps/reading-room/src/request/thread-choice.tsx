import type { LenientReport } from '@crashkeep/report';
import { formatBytes, splitFunction } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { MemoryMap } from '../api/wire.js';
import type { Draft } from './draft.js';
import classes from './thread-choice.module.css';

interface ThreadChoiceProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly map: MemoryMap;
  readonly report: LenientReport | null;
}

const FIRST_SHOWN = 4;

/** Threads whose stack was saved; the one that crashed first. */
export function ThreadChoice({ draft, onChange, map, report }: ThreadChoiceProps): ReactNode {
  const [all, setAll] = useState(false);
  const sizeOf = (thread: MemoryMap['threads'][number]): number =>
    draft.kind === 'registers' ? thread.registers_bytes : (thread.stack?.size ?? 0);
  const withStack = map.threads.filter((thread) => sizeOf(thread) > 0);
  const sorted = [...withStack].sort((a, b) => Number(b.crashed) - Number(a.crashed) || a.index - b.index);
  const shown = sorted.filter(({ index }, position) => all || position < FIRST_SHOWN || draft.threads.includes(index));
  const toggle = (index: number): void => {
    const rest = draft.threads.filter((thread) => thread !== index);
    onChange({ threads: rest.length === draft.threads.length ? [...rest, index].sort((a, b) => a - b) : rest });
  };
  return (
    <>
      <h3>Threads</h3>
      <div className={classes['threads']}>
        {shown.map(({ index, crashed, ...thread }) => (
          <label key={index} className={classes['thread']}>
            <input
              type="checkbox"
              checked={draft.threads.includes(index)}
              onChange={() => {
                toggle(index);
              }}
            />
            <span className="trunc">
              <b>{`Thread ${String(index)}${crashed ? ', crashed' : ''}`}</b>
              <span className="mono trunc">{topOf(report, index)}</span>
            </span>
            <span className="num">{formatBytes(sizeOf({ index, crashed, ...thread }))}</span>
          </label>
        ))}
      </div>
      {!all && shown.length < sorted.length && (
        <div>
          <Button
            variant="subtle"
            size="xs"
            onClick={() => {
              setAll(true);
            }}
          >
            {sorted.length - shown.length} more threads
          </Button>
        </div>
      )}
    </>
  );
}

/** The first named function of a thread, from the open report. */
function topOf(report: LenientReport | null, index: number): string {
  const frames = report?.threads.find((thread) => thread.index === index)?.frames ?? [];
  const named = frames.find((frame) => frame.function !== null)?.function ?? null;
  return named === null ? (frames[0]?.module ?? 'no named frame') : splitFunction(named).name;
}
