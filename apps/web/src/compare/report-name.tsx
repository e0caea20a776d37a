import type { LenientReport } from '@crashkeep/report';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A report by the first part of its id, linked. */
export function ReportName({ report: { id } }: { readonly report: Pick<LenientReport, 'id'> }): ReactNode {
  return (
    <Link className="mono" to="/reports/$reportId" params={{ reportId: id }}>
      {id.slice(0, 13)}
    </Link>
  );
}
