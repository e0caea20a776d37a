import {
  Badge,
  Card,
  DataTable,
  EmptyState,
  PageHeader,
  QueryFailed,
  SkeletonRows,
  formatMoment,
  useNow,
} from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { auditExportAddress, auditQuery } from '../api/queries.js';
import type { AuditLeaf, AuditPage as Page } from '../api/wire.js';
import { AuditFilters } from './audit-filters.js';
import { AuditPicture } from './audit-picture.js';
import { fieldsOf } from './leaf-fields.js';
import { LeafProofCard } from './leaf-proof.js';

const route = getRouteApi('/shell/audit');

/** Who did what, on which dump, which bytes. Looking here is itself a leaf. */
export function AuditPage(): ReactNode {
  const asked = route.useSearch();
  const navigate = useNavigate();
  const [proven, setProven] = useState<string | null>(null);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery(asked),
  );
  const leaves = data?.pages.flatMap((page) => page.leaves) ?? [];
  const people = Object.assign({}, ...(data?.pages.map((page) => page.people) ?? [])) as Page['people'];
  return (
    <div className="page">
      <title>Audit · Reading room</title>
      <PageHeader
        title="Audit"
        sub="Every act on strict data is a leaf, written before it took effect. Reading this list is one, too."
      />
      <AuditFilters
        key={JSON.stringify(asked)}
        asked={asked}
        people={people}
        onAsk={(search) => void navigate({ to: '/audit', search })}
      />
      <div className="row wrap">
        <Button onClick={() => void refetch()}>Look again</Button>
        <Button component="a" href={auditExportAddress(asked)} download>
          Export with proofs
        </Button>
      </div>
      {leaves.length > 1 && (
        <Card label="When">
          <div style={{ overflowX: 'auto' }}>
            <AuditPicture leaves={leaves} />
          </div>
        </Card>
      )}
      {proven !== null && (
        <LeafProofCard
          leaf={proven}
          onClose={() => {
            setProven(null);
          }}
        />
      )}
      <Card label="Leaves">
        {isPending && <SkeletonRows rows={8} rowHeight={40} />}
        {error !== null && <QueryFailed what="The audit" error={error} onRetry={() => void refetch()} />}
        {data !== undefined && leaves.length === 0 && (
          <EmptyState title="No leaf fits">Widen the filters to see more.</EmptyState>
        )}
        {leaves.length > 0 && <Leaves leaves={leaves} people={people} onProve={setProven} />}
        {hasNextPage && (
          <div className="row" style={{ padding: 'var(--s-3) var(--s-4)' }}>
            <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Show older
            </Button>
          </div>
        )}
      </Card>
    </div>
  );
}

function Leaves({
  leaves,
  people,
  onProve,
}: {
  readonly leaves: readonly AuditLeaf[];
  readonly people: Page['people'];
  readonly onProve: (leaf: string) => void;
}): ReactNode {
  const now = useNow();
  return (
    <DataTable
      caption="Leaves, newest first"
      rows={leaves}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'at',
          header: 'When',
          cell: ({ at }) => <span className="nowrap">{formatMoment(Date.parse(at), now)}</span>,
        },
        {
          id: 'act',
          header: 'Act',
          cell: ({ body }) => <Badge mono>{typeof body['act'] === 'string' ? body['act'] : '–'}</Badge>,
        },
        { id: 'what', header: 'What', cell: ({ body }) => <span className="t12">{fieldsOf(body, people)}</span> },
        { id: 'process', header: 'By', cell: ({ process }) => <span className="muted nowrap">{process}</span> },
        {
          id: 'leaf',
          header: 'Leaf',
          numeric: true,
          cell: ({ id, index }) =>
            index === null ? (
              <span className="muted t12">unnumbered</span>
            ) : (
              <Button
                size="compact-xs"
                className="mono"
                onClick={() => {
                  onProve(id);
                }}
              >
                {index}
              </Button>
            ),
        },
      ]}
    />
  );
}
