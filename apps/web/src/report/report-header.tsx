import type { LenientReport } from '@crashkeep/report';
import { Badge, ButtonLink, PageHeader, Signature, formatCounted, splitSignature } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReportAnswer } from '../api/wire.js';
import { CopyMenu } from './copy-menu.js';
import { GroupSteps } from './group-steps.js';

interface ReportHeaderProps {
  readonly answer: ReportAnswer;
  readonly report: LenientReport;
}

export function ReportHeader({ answer, report }: ReportHeaderProps): ReactNode {
  const { group, id } = answer;
  return (
    <>
      <title>{`${splitSignature(report.signature).name} · report · Crashkeep`}</title>
      <PageHeader
        crumbs={[
          <Link key="top" to="/">
            Top crashers
          </Link>,
          group === null ? null : (
            <Link key="group" to="/groups/$groupId" params={{ groupId: group.id }}>
              This signature
            </Link>
          ),
          <span key="id" className="mono">
            {id.slice(0, 13)}
          </span>,
        ].filter((crumb) => crumb !== null)}
        title={<Signature text={report.signature} />}
        mono
        sub={
          <>
            {report.crash_reason === null && <Badge>No crash reason</Badge>}
            <span>
              {[report.product, report.version].filter((word) => word !== null).join(' ') || 'Product not told'}
              {group !== null && `, ${formatCounted(group.count, 'report')} with this signature`}
            </span>
          </>
        }
        actions={
          <>
            {group !== null && <GroupSteps group={group} />}
            <ButtonLink to="/compare" search={{ left: id, ...besideIt(group) }}>
              Compare
            </ButtonLink>
            <CopyMenu report={report} />
          </>
        }
      />
    </>
  );
}

/** The report that is offered to stand beside this one: its neighbour in the signature. */
function besideIt(group: ReportAnswer['group']): { readonly right?: string } {
  const right = group?.previous ?? group?.next ?? null;
  return right === null ? {} : { right };
}
