import type { ReactNode } from 'react';
import classes from './timeline.module.css';

export interface TimelineStep {
  readonly key: string;
  /** The left column: a clock, a day. */
  readonly time: ReactNode;
  /** done: petrol or plum; seal: about the closed dump; later: not yet; failed. */
  readonly state: 'done' | 'seal' | 'now' | 'later' | 'failed';
  readonly what: ReactNode;
  readonly detail?: ReactNode;
}

export function Timeline({ steps }: { readonly steps: readonly TimelineStep[] }): ReactNode {
  return (
    <ol className={classes['line']}>
      {steps.map(({ key, time, state, what, detail }) => (
        <li key={key} data-state={state}>
          <span className={classes['time']}>{time}</span>
          <i aria-hidden="true" />
          <span>
            {what}
            {detail !== undefined && detail !== null && <span className={classes['detail']}>{detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
