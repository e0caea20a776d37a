import type { ReactNode } from 'react';
import classes from './avatar.module.css';

/** A person's first letter. Decoration: the name stands beside it, or in the menu. */
export function Avatar({ name }: { readonly name: string }): ReactNode {
  return (
    <span className={classes['avatar']} title={name} aria-hidden="true">
      {name.trim().charAt(0).toUpperCase()}
    </span>
  );
}
