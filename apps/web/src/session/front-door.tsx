import { Logo } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import classes from './front-door.module.css';

interface FrontDoorProps {
  readonly title: string;
  readonly sub: ReactNode;
  readonly children: ReactNode;
}

/** The two pages that need no session. */
export function FrontDoor({ title, sub, children }: FrontDoorProps): ReactNode {
  return (
    <main className={classes['door']} id="main">
      <title>{`${title} · Crashkeep`}</title>
      <div className={classes['panel']}>
        <div className={classes['brand']}>
          <Logo />
          Crashkeep
        </div>
        <div>
          <h1>{title}</h1>
          <p className={classes['sub']}>{sub}</p>
        </div>
        {children}
      </div>
    </main>
  );
}
