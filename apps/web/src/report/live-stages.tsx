import type { ReactNode } from 'react';
import type { DumpState } from '../api/wire.js';
import classes from './live-stages.module.css';

const STAGES = ['Received', 'Sealed', 'Walked', 'Report'] as const;

interface LiveStagesProps {
  /** Null: nothing has arrived yet. */
  readonly state: DumpState | null;
  readonly title: string;
  readonly sub?: ReactNode;
}

/** Where a dump is on its way, alive. */
export function LiveStages({ state, title, sub }: LiveStagesProps): ReactNode {
  const reached = stagesReached(state);
  return (
    <div className={classes['live']} aria-live="polite">
      <div className={classes['head']}>
        <span className={classes['pulse']} data-still={state === 'done' || state === 'failed'} aria-hidden="true" />
        <div>
          <h2>{title}</h2>
          {sub !== undefined && <p className="t13 soft">{sub}</p>}
        </div>
      </div>
      <ol className={classes['stages']}>
        {STAGES.map((stage, index) => (
          <li key={stage} data-done={index < reached} data-now={index === reached && state !== null}>
            <i aria-hidden="true" />
            {stage}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** How many stages are behind it. A row exists only once the dump is sealed, so the first two come together. */
export function stagesReached(state: DumpState | null): number {
  if (state === null) return 0;
  return state === 'done' ? STAGES.length : 2;
}
