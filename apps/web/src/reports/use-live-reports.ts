import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { reportsQuery } from '../api/queries.js';
import { useDumpEvents } from '../api/use-dump-events.js';
import type { ReportRows } from '../api/wire.js';
import { type LiveRows, splitAtFrontier, withState } from './live-rows.js';

/** However fast dumps arrive, the first page is asked for at most this often. */
const REFRESH_MS = 1200;

interface LiveReports extends LiveRows {
  readonly query: ReturnType<typeof useReportsQuery>;
  readonly showWaiting: () => void;
}

const useReportsQuery = (project: string) => useInfiniteQuery(reportsQuery(project));

/** The newest reports; states change in place, new rows wait behind a button. */
export function useLiveReports(project: string): LiveReports {
  const queryClient = useQueryClient();
  const query = useReportsQuery(project);
  const rows = query.data?.pages.flatMap(({ reports }) => reports) ?? [];
  const [frontier, setFrontier] = useState<string | null>(null);
  const newest = rows[0]?.id ?? null;
  if (frontier === null && newest !== null) setFrontier(newest);
  const { queryKey } = reportsQuery(project);
  const refresh = useDebouncedCallback(() => void queryClient.invalidateQueries({ queryKey }), REFRESH_MS);
  useDumpEvents(project, ({ id, state }) => {
    queryClient.setQueryData<InfiniteData<ReportRows, string | null>>(queryKey, (data) =>
      data === undefined
        ? undefined
        : { ...data, pages: data.pages.map((page) => ({ ...page, reports: withState(page.reports, id, state) })) },
    );
    refresh();
  });
  return {
    ...splitAtFrontier(rows, frontier),
    query,
    showWaiting: () => {
      setFrontier(newest);
    },
  };
}
