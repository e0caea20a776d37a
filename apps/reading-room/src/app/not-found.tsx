import { ButtonLink, EmptyState } from '@crashkeep/ui';
import type { ReactNode } from 'react';

export function NotFound(): ReactNode {
  return (
    <main className="page" id="main">
      <title>Not found · Reading room</title>
      <EmptyState title="There is nothing at this address" actions={<ButtonLink to="/">Go to the requests</ButtonLink>}>
        The grant may belong to a project that you have no role in, or the address may be mistyped.
      </EmptyState>
    </main>
  );
}
