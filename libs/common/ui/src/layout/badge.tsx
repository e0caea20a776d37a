import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.js';
import type { IconName } from '../icon/icon-shapes.js';
import classes from './badge.module.css';

/** What a colour means: harm, look here, proved or allowed, new, closed. A state always has its word as well. */
export type Tone = 'neutral' | 'plain' | 'danger' | 'warn' | 'ok' | 'info' | 'seal';

interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly mono?: boolean;
  readonly children: ReactNode;
}

export function Badge({ tone = 'neutral', icon, mono = false, children }: BadgeProps): ReactNode {
  return (
    <span className={classes['badge']} data-tone={tone} data-mono={mono}>
      {icon !== undefined && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

/** A round mark beside a word. */
export function Dot({ tone = 'neutral' }: { readonly tone?: Tone }): ReactNode {
  return <span className={classes['dot']} data-tone={tone} aria-hidden="true" />;
}
