import { Card, PageHeader, QueryFailed, SkeletonLines, SkeletonRows } from '@crashkeep/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { reportQuery } from '../api/queries.js';
import { useDumpEvents } from '../api/use-dump-events.js';
import type { ReportAnswer } from '../api/wire.js';
import { isMissing } from '../app/is-missing.js';
import { ReportMissing } from './report-missing.js';
import { useProject } from '../shell/use-project.js';
import { Underway } from './underway.js';
import { WalkFailed } from './walk-failed.js';
import { WalkedReport } from './walked-report.js';

const route = getRouteApi('/shell/reports/$reportId');

/** One crash: what, where, why, how sure; then the rest. Lives while the dump is still being walked. */
export function ReportPage(): ReactNode {
  const { reportId } = route.useParams();
  const { id: project } = useProject();
  const queryClient = useQueryClient();
  const query = useQuery(reportQuery(reportId));
  const underway = query.data?.state === 'queued' || query.data?.state === 'walking';
  useDumpEvents(underway ? project : null, ({ id }) => {
    if (id === query.data?.id || id === reportId)
      void queryClient.invalidateQueries({ queryKey: ['report', reportId] });
  });
  if (query.data !== undefined) return <Answered answer={query.data} key={query.data.id} />;
  if (query.isError) {
    return isMissing(query.error) ? (
      <ReportMissing />
    ) : (
      <Card>
        <QueryFailed what="The report" error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  return <Loading />;
}

function Answered({ answer }: { readonly answer: ReportAnswer }): ReactNode {
  if (answer.state === 'failed') return <WalkFailed answer={answer} />;
  if (answer.report === null) return <Underway answer={answer} />;
  return <WalkedReport answer={answer} report={answer.report} />;
}

function Loading(): ReactNode {
  return (
    <>
      <PageHeader title={<span className="sr">Report</span>} />
      <SkeletonLines lines={2} />
      <Card>
        <SkeletonRows rows={9} rowHeight={55} />
      </Card>
    </>
  );
}
