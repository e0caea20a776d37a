import { ButtonLink, Card, EmptyState } from '@crashkeep/ui';
import type { ReactNode } from 'react';

export function ReportMissing(): ReactNode {
  return (
    <Card label="No such report">
      <title>No such report · Crashkeep</title>
      <EmptyState
        title="There is no report with this id"
        actions={<ButtonLink to="/reports">Look at the newest reports</ButtonLink>}
      >
        It may have been deleted when its time was up, or it belongs to a project that you are not a member of. An id
        that ingest has just answered with shows up here at once.
      </EmptyState>
    </Card>
  );
}
