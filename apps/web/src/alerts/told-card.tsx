import {
  Badge,
  Card,
  CardBody,
  type Column,
  DataTable,
  QueryFailed,
  Signature,
  SkeletonRows,
  TimeAgo,
} from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { alertsQuery } from '../api/alert-queries.js';
import { momentOf } from '../api/moment-of.js';
import type { ToldAlerts } from '../api/wire.js';
import { KIND_WORDS, STATE_WORDS } from './alert-words.js';

type Told = ToldAlerts['alerts'][number];

const COLUMNS: readonly Column<Told>[] = [
  {
    id: 'what',
    header: 'Signature',
    cell: ({ group, signature, why }) => (
      <>
        <Link to="/groups/$groupId" params={{ groupId: group }}>
          <Signature text={signature} clamped />
        </Link>
        <span className="t12 muted">{why}</span>
      </>
    ),
  },
  { id: 'kind', header: 'Why', cell: ({ kind }) => <Badge tone="plain">{KIND_WORDS[kind]}</Badge> },
  {
    id: 'rule',
    header: 'Rule',
    cell: ({ rule, state }) => (
      <>
        {rule}
        <br />
        <span className="t12 muted">{STATE_WORDS[state]}</span>
      </>
    ),
  },
  {
    id: 'when',
    header: 'When',
    numeric: true,
    cell: ({ raised_at: raised }) => (
      <span className="muted nowrap">
        <TimeAgo moment={momentOf(raised)} />
      </span>
    ),
  },
];

/** What fired, newest first, each with its reason. */
export function ToldCard({ projectId }: { readonly projectId: string }): ReactNode {
  const query = useQuery(alertsQuery(projectId));
  return (
    <Card title="What fired" note="the newest hundred">
      {query.isPending && <SkeletonRows rows={4} rowHeight={57} />}
      {query.isError && <QueryFailed what="The alerts" error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.alerts.length === 0 && (
        <CardBody>
          <p className="t13 soft">Nothing fired since there are rules.</p>
        </CardBody>
      )}
      {query.data !== undefined && query.data.alerts.length > 0 && (
        <DataTable caption="Alerts" columns={COLUMNS} rows={query.data.alerts} rowKey={({ id }) => id} />
      )}
    </Card>
  );
}
