import { ButtonLink, EmptyState } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { listSearch } from '../search/search-state.js';
import { FirstCrash } from '../send/first-crash.js';

const LONG = 90;

/** Which filter emptied the list, or how to send the first crash. */
export function GroupsEmpty({ q, days }: { readonly q: string; readonly days: number }): ReactNode {
  if (q === '' && days >= LONG) return <FirstCrash />;
  return (
    <EmptyState
      title={q === '' ? 'No crash in this time' : 'No signature fits'}
      actions={
        <>
          {q !== '' && (
            <ButtonLink to="/" search={listSearch('', days)} replace>
              Remove the search
            </ButtonLink>
          )}
          {days < LONG && (
            <ButtonLink to="/" search={listSearch(q, LONG)} replace>
              Look at {LONG} days
            </ButtonLink>
          )}
          <Link className="t13" to="/send">
            Send a crash
          </Link>
        </>
      }
    >
      {q === '' ? (
        <>Nothing crashed in this project, or nothing was sent.</>
      ) : (
        <>
          No report of this time fits <code>{q}</code>.
        </>
      )}
    </EmptyState>
  );
}
