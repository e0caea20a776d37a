import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.js';
import classes from './door.module.css';

interface DoorProps {
  readonly href: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** The way into the reading room: the only plum in the console. */
export function Door({ href, title, children }: DoorProps): ReactNode {
  return (
    <a className={classes['door']} href={href}>
      <b>
        {title}
        <Icon name="door" size={14} />
      </b>
      <span>{children}</span>
    </a>
  );
}
