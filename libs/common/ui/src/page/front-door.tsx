import { Logo } from '../icon/icon.js';
import type { ReactNode } from 'react';
import classes from './front-door.module.css';

interface FrontDoorProps {
  /** `Crashkeep`, or the room's name. */
  readonly name?: string;
  readonly title: string;
  readonly sub: ReactNode;
  readonly children: ReactNode;
}

/** The pages that need no session. */
export function FrontDoor({ name = 'Crashkeep', title, sub, children }: FrontDoorProps): ReactNode {
  return (
    <main className={classes['door']} id="main">
      <title>{`${title} · ${name}`}</title>
      <div className={classes['panel']}>
        <div className={classes['brand']}>
          <Logo />
          {name}
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
