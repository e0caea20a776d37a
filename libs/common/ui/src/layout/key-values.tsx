import { Fragment, type ReactNode } from 'react';
import classes from './key-values.module.css';

/** Rows of name and value; a row whose value is null is left out. */
export type KeyValueRow = readonly [name: string, value: ReactNode];

export function KeyValues({
  rows,
  small = false,
}: {
  readonly rows: readonly KeyValueRow[];
  readonly small?: boolean;
}): ReactNode {
  return (
    <dl className={classes['rows']} data-small={small}>
      {rows
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
