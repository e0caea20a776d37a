import { Fragment, type ReactNode } from 'react';
import { Icon } from '../icon/icon.js';
import classes from './page-header.module.css';

interface PageHeaderProps {
  /** The way here, outermost first; links, and the last a word. */
  readonly crumbs?: readonly ReactNode[];
  readonly title: ReactNode;
  /** A signature as a title: mono, and never cut. */
  readonly mono?: boolean;
  /** One line of facts. */
  readonly sub?: ReactNode;
  /** At the right, the primary one last; under the title where narrow. */
  readonly actions?: ReactNode | undefined;
}

export function PageHeader({ crumbs, title, mono = false, sub, actions }: PageHeaderProps): ReactNode {
  return (
    <div className="stack g2">
      {crumbs !== undefined && (
        <nav className={classes['crumbs']} aria-label="Path">
          {crumbs.map((crumb, index) => (
            <Fragment key={index}>
              {index > 0 && <Icon name="right" size={12} />}
              {crumb}
            </Fragment>
          ))}
        </nav>
      )}
      <div className={classes['head']}>
        <div className={classes['title']}>
          <h1 className={mono ? 'mono' : undefined}>{title}</h1>
          {sub !== undefined && <div className={classes['sub']}>{sub}</div>}
        </div>
        {actions !== undefined && <div className={classes['actions']}>{actions}</div>}
      </div>
    </div>
  );
}
