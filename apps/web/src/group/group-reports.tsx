import {
  Card,
  CardBody,
  type Column,
  DataTable,
  QueryFailed,
  SkeletonRows,
  TimeAgo,
  formatMoment,
  useNow,
} from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { ReportRow, ReportRows } from '../api/wire.js';
import { osWord } from '../report/words.js';

interface GroupReportsProps {
  readonly query: {
    readonly data: { readonly pages: readonly ReportRows[] } | undefined;
    readonly error: unknown;
    readonly isError: boolean;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
    readonly refetch: () => unknown;
  };
}

const COLUMNS: readonly Column<ReportRow>[] = [
  { id: 'received', header: 'Received', cell: (row) => <Received row={row} /> },
  {
    id: 'version',
    header: 'Version',
    cell: ({ product, version }) => [product, version].filter((word) => word !== null).join(' ') || '–',
  },
  {
    id: 'system',
    header: 'System',
    cell: ({ os, cpu }) => (
      <span className="soft">
        {os === null ? '–' : osWord(os)} {cpu}
      </span>
    ),
  },
  {
    id: 'reason',
    header: 'Crash reason',
    cell: ({ crash_reason: reason }) => <span className="soft">{reason ?? '–'}</span>,
  },
  {
    id: 'ago',
    header: 'Ago',
    numeric: true,
    cell: ({ received_at: received }) => (
      <span className="muted">
        <TimeAgo moment={momentOf(received)} />
      </span>
    ),
  },
];

/** The signature's reports, newest first. */
export function GroupReports({ query }: GroupReportsProps): ReactNode {
  const rows = query.data?.pages.flatMap(({ reports }) => reports);
  return (
    <Card title="Reports" note="Newest first">
      {rows === undefined && !query.isError && <SkeletonRows rows={8} rowHeight={41} />}
      {rows === undefined && query.isError && (
        <QueryFailed what="The reports" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {rows?.length === 0 && (
        <CardBody>
          <p className="t13 soft">Its reports are no longer kept. The counts stay.</p>
        </CardBody>
      )}
      {rows !== undefined && rows.length > 0 && (
        <DataTable caption="Reports with this signature" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
      )}
      {query.hasNextPage && (
        <CardBody above>
          <Button size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </CardBody>
      )}
    </Card>
  );
}

function Received({ row: { id, received_at: received } }: { readonly row: ReportRow }): ReactNode {
  const now = useNow();
  return (
    <Link to="/reports/$reportId" params={{ reportId: id }}>
      {formatMoment(momentOf(received), now)}
    </Link>
  );
}
