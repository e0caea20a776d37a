import { Card, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { FirstCrash } from '../send/first-crash.js';
import { FreshButton } from './fresh-button.js';
import { ReportList } from './report-list.js';
import { useLiveReports } from './use-live-reports.js';

/** The newest, as they come: new ones wait behind a button. */
export function LiveReports({ projectId }: { readonly projectId: string }): ReactNode {
  const { query, shown, waiting, showWaiting } = useLiveReports(projectId);
  return (
    <>
      {waiting > 0 && <FreshButton count={waiting} onShow={showWaiting} />}
      <Card label="Reports">
        {query.isPending && <SkeletonRows rows={12} rowHeight={59} />}
        {query.isError && shown.length === 0 && (
          <QueryFailed what="The list" error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && shown.length === 0 && <FirstCrash />}
        {shown.length > 0 && (
          <ReportList
            rows={shown}
            hasMore={query.hasNextPage}
            loadingMore={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        )}
      </Card>
    </>
  );
}
