import { ButtonLink, Card, EmptyState } from '@crashkeep/ui';
import type { ReactNode } from 'react';

export function GroupMissing(): ReactNode {
  return (
    <Card label="No such signature">
      <title>No such signature · Crashkeep</title>
      <EmptyState
        title="There is no signature at this address"
        actions={<ButtonLink to="/">Go to the top crashers</ButtonLink>}
      >
        It may belong to a project that you are not a member of, or its crashes are grouped differently now.
      </EmptyState>
    </Card>
  );
}
