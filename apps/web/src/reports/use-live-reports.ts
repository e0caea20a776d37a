import { useThrottledCallback } from '@mantine/hooks';
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { readReports, reportsQuery } from '../api/queries.js';
import { useDumpEvents } from '../api/use-dump-events.js';
import type { ReportRows } from '../api/wire.js';
import { type LiveRows, splitAtFrontier, withHead, withState } from './live-rows.js';

/** However fast dumps arrive, the newest page is asked for at most this often. */
const REFRESH_MS = 1200;

interface LiveReports extends LiveRows {
  readonly query: ReturnType<typeof useReportsQuery>;
  readonly showWaiting: () => void;
}

const useReportsQuery = (project: string) => useInfiniteQuery(reportsQuery(project));

/** The newest reports; states change in place, new rows wait behind a button. */
export function useLiveReports(project: string): LiveReports {
  const query = useReportsQuery(project);
  const rows = query.data?.pages.flatMap(({ reports }) => reports) ?? [];
  const [frontier, setFrontier] = useState<string | null>(null);
  const newest = rows[0]?.id ?? null;
  if (frontier === null && newest !== null) setFrontier(newest);
  useFreshPages(project);
  return {
    ...splitAtFrontier(rows, frontier),
    query,
    showWaiting: () => {
      setFrontier(newest);
    },
  };
}

/** Keeps the pages that are read already up to date with what happens. */
function useFreshPages(project: string): void {
  const queryClient = useQueryClient();
  const change = (edit: (pages: readonly ReportRows[]) => readonly ReportRows[]): void => {
    queryClient.setQueryData<InfiniteData<ReportRows, string | null>>(reportsQuery(project).queryKey, (data) => {
      if (data === undefined) return undefined;
      const pages = [...edit(data.pages)];
      return { pages, pageParams: data.pageParams.slice(0, pages.length) };
    });
  };
  const refresh = useThrottledCallback(() => {
    // A try that fails is made up for by the next event.
    readReports(project, null).then(
      (head) => {
        change((pages) => withHead(pages, head));
      },
      () => undefined,
    );
  }, REFRESH_MS);
  useDumpEvents(project, ({ id, state }) => {
    change((pages) => pages.map((page) => ({ ...page, reports: withState(page.reports, id, state) })));
    refresh();
  });
}
