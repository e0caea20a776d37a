import { Card, CardBody, type Column, DataTable, QueryFailed, SkeletonRows, formatCount } from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { correlationsQuery } from '../api/signature-queries.js';
import type { Correlations } from '../api/wire.js';
import classes from './group-cards.module.css';

type Correlation = Correlations['correlations'][number];

const SHOWN = 12;

const COLUMNS: readonly Column<Correlation>[] = [
  {
    id: 'what',
    header: 'What',
    cell: ({ field, value }) => (
      <>
        <span className="muted t12">{field}</span> <span className="mono t12 medium">{value}</span>
      </>
    ),
  },
  { id: 'shares', header: 'Here, and elsewhere', width: '26%', cell: (it) => <Shares of={it} /> },
  { id: 'own', header: 'Here', numeric: true, cell: ({ own_share: share }) => percent(share) },
  {
    id: 'others',
    header: 'Elsewhere',
    numeric: true,
    cell: ({ other_share: share }) => <span className="soft">{percent(share)}</span>,
  },
  {
    id: 'lift',
    header: 'Lift',
    numeric: true,
    cell: ({ lift }) => <span className="medium">{lift === null ? 'only here' : `${lift.toFixed(1)}×`}</span>,
  },
  {
    id: 'chance',
    header: 'By chance',
    numeric: true,
    cell: ({ chance }) => <span className="muted">{chance < 0.001 ? '< 0.1 %' : percent(chance)}</span>,
  },
];

/** What its reports have more often than the product's other crashes, by so much that it is hardly chance. */
export function StandOutCard({ groupId }: { readonly groupId: string }): ReactNode {
  const query = useQuery(correlationsQuery(groupId));
  const { own = 0, others = 0, correlations = [] } = query.data ?? {};
  return (
    <Card
      title="What stands out"
      note={query.isSuccess ? `${formatCount(own)} of its reports beside ${formatCount(others)} others` : undefined}
    >
      {query.isPending && <SkeletonRows rows={4} rowHeight={41} />}
      {query.isError && <QueryFailed what="The comparison" error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && correlations.length === 0 && (
        <CardBody>
          <p className="t13 soft">
            Nothing that could not be chance. With more reports of it and of other crashes, differences show.
          </p>
        </CardBody>
      )}
      {correlations.length > 0 && (
        <DataTable
          caption="What its reports have more often than others"
          columns={COLUMNS}
          rows={correlations.slice(0, SHOWN)}
          rowKey={({ field, value }) => `${field} ${value}`}
        />
      )}
    </Card>
  );
}

function Shares({ of }: { readonly of: Correlation }): ReactNode {
  return (
    <span className={classes['both']} aria-hidden="true">
      <span style={{ width: percent(of.own_share) }} />
      <span style={{ width: percent(of.other_share) }} />
    </span>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.01 ? 1 : 0)}%`;
}
