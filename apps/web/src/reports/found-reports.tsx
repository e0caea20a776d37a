import { ButtonLink, Card, EmptyState, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Asked, searchQuery } from '../api/search-queries.js';
import { listSearch } from '../search/search-state.js';
import { ReportList } from './report-list.js';

export function FoundReports({ asked }: { readonly asked: Asked }): ReactNode {
  const query = useInfiniteQuery(searchQuery(asked));
  const rows = query.data?.pages.flatMap(({ reports }) => reports) ?? [];
  return (
    <Card label="Reports">
      {query.isPending && <SkeletonRows rows={12} rowHeight={59} />}
      {query.isError && rows.length === 0 && (
        <QueryFailed
          what="The search"
          error={query.error}
          kept="What you typed is kept."
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isSuccess && rows.length === 0 && (
        <EmptyState
          title="No report fits"
          actions={
            <ButtonLink to="/reports" search={listSearch('', asked.days)} replace>
              Remove the search
            </ButtonLink>
          }
        >
          No report of the last {asked.days} days fits <code>{asked.q}</code>. A longer time may have one.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ReportList
          rows={rows}
          hasMore={query.hasNextPage}
          loadingMore={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </Card>
  );
}
