import { Icon } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import classes from './movement.module.css';

/** How many places up or down since the time before. */
export function Movement({ rank, before }: { readonly rank: number; readonly before: number | null }): ReactNode {
  if (before === null) return <span className={classes['new']}>new</span>;
  const up = before - rank;
  if (up === 0)
    return (
      <span className={classes['same']}>
        <span aria-hidden="true">–</span>
        <span className="sr">as before</span>
      </span>
    );
  return (
    <span className={classes['moved']} data-up={up > 0}>
      <Icon name={up > 0 ? 'arrow-up' : 'arrow-down'} size={12} />
      <span className="sr">{up > 0 ? 'up' : 'down'}</span>
      {Math.abs(up)}
    </span>
  );
}
