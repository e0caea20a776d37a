import type { ReactNode } from 'react';
import { type IconName, iconShapes } from './icon-shapes.js';
import classes from './icon.module.css';

interface IconProps {
  readonly name: IconName;
  /** 16 px, 14 where it stands in small text, 12 inside badges. */
  readonly size?: 16 | 14 | 12;
}

/** Always decoration: what it means stands beside it in words, or in its button's label. */
export function Icon({ name, size = 16 }: IconProps): ReactNode {
  return (
    <svg className={classes['icon']} data-size={size} viewBox="0 0 16 16" aria-hidden="true">
      {iconShapes[name]}
    </svg>
  );
}

/** The keep. */
export function Logo(): ReactNode {
  return (
    <svg className={classes['logo']} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2.5 2.5h3.25V5H8V2.5h4V5h2.25V2.5h3.25v15h-15Zm7.5 6a2 2 0 0 0-1 3.73V15h2v-2.77a2 2 0 0 0-1-3.73Z" />
    </svg>
  );
}
