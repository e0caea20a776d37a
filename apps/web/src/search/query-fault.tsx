import type { QueryError } from '@crashkeep/query';
import type { ReactNode } from 'react';
import classes from './query-field.module.css';

/** What is wrong with a search, with its place marked. */
export function QueryFault({ text, fault }: { readonly text: string; readonly fault: QueryError }): ReactNode {
  const { at, length, title, meant } = fault;
  return (
    <p className={classes['fault']} role="status">
      <span className="mono t12" aria-hidden="true">
        {text.slice(0, at)}
        <mark>{text.slice(at, at + length) || ' '}</mark>
        {text.slice(at + length)}
      </span>
      <span>
        {title}
        {meant !== null && (
          <>
            {' '}
            Did you mean <b className="mono">{meant}</b>?
          </>
        )}
      </span>
    </p>
  );
}
