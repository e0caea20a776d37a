import type { ReactNode } from 'react';
import classes from './state.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** Which filter emptied it, or what to do first. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export function EmptyState({ title, children, actions }: EmptyStateProps): ReactNode {
  return (
    <div className={classes['state']}>
      <h3>{title}</h3>
      <div className={classes['words']}>{children}</div>
      {actions !== undefined && <div className="row wrap">{actions}</div>}
    </div>
  );
}
