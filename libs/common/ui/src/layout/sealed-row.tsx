import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.js';
import type { IconName } from '../icon/icon-shapes.js';
import classes from './sealed-row.module.css';

/** A row that stands where something closed would have been: hatched at its edge, with the reason. */
export function SealedRow({
  icon = 'eye-off',
  children,
}: {
  readonly icon?: IconName;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={classes['row']}>
      <Icon name={icon} size={14} />
      <span>{children}</span>
    </div>
  );
}
