import { Card, PageHeader, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { FirstCrash } from '../send/first-crash.js';
import { useProject } from '../shell/use-project.js';
import { FreshButton } from './fresh-button.js';
import { ReportList } from './report-list.js';
import { useLiveReports } from './use-live-reports.js';

/** Every dump that arrived, newest first, walked or not yet. */
export function ReportsPage(): ReactNode {
  const project = useProject();
  return <Reports key={project.id} projectId={project.id} projectName={project.name} />;
}

function Reports({ projectId, projectName }: { readonly projectId: string; readonly projectName: string }): ReactNode {
  const { query, shown, waiting, showWaiting } = useLiveReports(projectId);
  return (
    <>
      <title>{`Reports · ${projectName} · Crashkeep`}</title>
      <PageHeader
        title="Reports"
        sub="Newest first, also those that are still being walked"
        actions={waiting > 0 ? <FreshButton count={waiting} onShow={showWaiting} /> : undefined}
      />
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
