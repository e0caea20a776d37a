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
import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { auditQuery } from '../api/queries.js';
import type { AuditLeaf, AuditPage as Page } from '../api/wire.js';
import { fieldsOf } from './leaf-fields.js';

const route = getRouteApi('/shell/audit');

/** Who did what, on which dump, which bytes. Looking here is itself a leaf. */
export function AuditPage(): ReactNode {
  const asked = route.useSearch();
  const navigate = useNavigate();
  const [act, setAct] = useState(asked.act ?? '');
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
      <form
        className="row wrap"
        onSubmit={(event) => {
          event.preventDefault();
          const { act: _before, ...rest } = asked;
          void navigate({ to: '/audit', search: act === '' ? rest : { ...rest, act } });
        }}
      >
        <TextInput
          aria-label="Act"
          placeholder="Act: grant.read"
          classNames={{ input: 'mono' }}
          value={act}
          onChange={(event) => {
            setAct(event.currentTarget.value);
          }}
        />
        <Button type="submit">Show</Button>
        <Button onClick={() => void refetch()}>Look again</Button>
      </form>
      <Card label="Leaves">
        {isPending && <SkeletonRows rows={8} rowHeight={40} />}
        {error !== null && <QueryFailed what="The audit" error={error} onRetry={() => void refetch()} />}
        {data !== undefined && leaves.length === 0 && (
          <EmptyState title="No leaf fits">Take the act out to see all.</EmptyState>
        )}
        {leaves.length > 0 && <Leaves leaves={leaves} people={people} />}
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
}: {
  readonly leaves: readonly AuditLeaf[];
  readonly people: Page['people'];
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
          cell: ({ id }) => <span className="mono t12">{id.slice(0, 8)}</span>,
        },
      ]}
    />
  );
}
