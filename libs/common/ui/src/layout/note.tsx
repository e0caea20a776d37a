import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.js';
import type { IconName } from '../icon/icon-shapes.js';
import type { Tone } from './badge.js';
import classes from './note.module.css';

interface NoteProps {
  readonly tone?: Tone;
  readonly icon?: IconName;
  /** Set where it appears after an act, so that it is read out. */
  readonly role?: 'status' | 'alert';
  readonly children: ReactNode;
}

/** A remark in a frame: what is missing, why, and the way to it. */
export function Note({ tone = 'neutral', icon = 'alert', role, children }: NoteProps): ReactNode {
  return (
    <div className={classes['note']} data-tone={tone} role={role}>
      <Icon name={icon} />
      <div className="grow">{children}</div>
    </div>
  );
}
