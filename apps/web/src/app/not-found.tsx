import { ButtonLink, EmptyState } from '@crashkeep/ui';
import type { ReactNode } from 'react';

export function NotFound(): ReactNode {
  return (
    <main className="page" id="main">
      <title>Not found · Crashkeep</title>
      <EmptyState
        title="There is nothing at this address"
        actions={<ButtonLink to="/">Go to the top crashers</ButtonLink>}
      >
        The report may have been deleted when its time was up, it may belong to a project that you are not a member of,
        or the address may be mistyped.
      </EmptyState>
    </main>
  );
}
