import { ButtonLink, EmptyState } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FirstCrash } from '../send/first-crash.js';

/** Which filter emptied the list, or how to send the first crash. */
export function GroupsEmpty({ q }: { readonly q: string }): ReactNode {
  if (q === '') return <FirstCrash />;
  return (
    <EmptyState
      title="No signature matches"
      actions={
        <>
          <ButtonLink to="/" search={{}} replace>
            Remove the search
          </ButtonLink>
          <Link className="t13" to="/reports">
            Look at the newest reports
          </Link>
        </>
      }
    >
      Nothing in this project has <code>{q}</code> in its signature.
    </EmptyState>
  );
}
