import type { LenientReport } from '@crashkeep/report';
import { Badge, Breakable, Card, type Column, DataTable } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { ReportName } from './report-name.js';
import { type FactPair, factPairs } from './compare-reports.js';

export function CompareFacts({
  left,
  right,
}: {
  readonly left: LenientReport;
  readonly right: LenientReport;
}): ReactNode {
  const facts = factPairs(left, right);
  const differing = facts.filter(({ same }) => !same).length;
  const columns: readonly Column<FactPair>[] = [
    { id: 'name', header: 'Fact', width: '18%', cell: ({ name }) => <span className="soft">{name}</span> },
    { id: 'left', header: <ReportName report={left} />, width: '36%', cell: (fact) => <Value text={fact.left} /> },
    { id: 'right', header: <ReportName report={right} />, width: '36%', cell: (fact) => <Value text={fact.right} /> },
    {
      id: 'same',
      header: <span className="sr">Same or not</span>,
      cell: ({ same }) => (same ? <span className="muted">same</span> : <Badge tone="warn">differs</Badge>),
    },
  ];
  return (
    <Card
      title="Facts"
      note={differing === 0 ? 'all the same' : `${String(differing)} of ${String(facts.length)} differ`}
    >
      <DataTable caption="Facts of both reports" columns={columns} rows={facts} rowKey={({ name }) => name} />
    </Card>
  );
}

function Value({ text }: { readonly text: string }): ReactNode {
  return (
    <span className="medium">
      <Breakable text={text} />
    </span>
  );
}
