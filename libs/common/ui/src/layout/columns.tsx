import type { ReactNode } from 'react';
import classes from './columns.module.css';

interface ColumnsProps {
  readonly children: ReactNode;
  /** 336 px, sticky: state and the decision. Below 1080 px it follows the main column. */
  readonly aside: ReactNode;
}

export function Columns({ children, aside }: ColumnsProps): ReactNode {
  return (
    <div className={classes['columns']}>
      <div className="stack">{children}</div>
      <aside className="stack">{aside}</aside>
    </div>
  );
}
