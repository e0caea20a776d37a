import { ApiError, queryText, request } from '@crashkeep/ui';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { placesBeside } from './places-beside.js';
import type { ApiToken, Person, Places, Project, ReportAnswer, ReportRows, Session } from './wire.js';

/** Every reading question that the page asks, with the name under which its answer is kept. */

/** A cursor, or null for the first page. */
const FIRST_PAGE = null as string | null;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => (await request('/session', { signal })) as Session,
  staleTime: 60_000,
});

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: async ({ signal }) => (await request('/projects', { signal })) as readonly Project[],
  staleTime: 60_000,
});

export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: async ({ signal }) => {
    try {
      return (await request('/places', { signal })) as Places;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return placesBeside(new URL(globalThis.location.origin));
      throw error;
    }
  },
  staleTime: Infinity,
});

export const groupReportsQuery = (groupId: string) =>
  infiniteQueryOptions({
    queryKey: ['group', groupId, 'reports'],
    queryFn: async ({ pageParam, signal }) =>
      (await request(`/groups/${encodeURIComponent(groupId)}/reports${queryText({ cursor: pageParam })}`, {
        signal,
      })) as ReportRows,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
  });

export async function readReports(project: string, cursor: string | null, signal?: AbortSignal): Promise<ReportRows> {
  const path = `/reports${queryText({ project, cursor })}`;
  return (await request(path, signal === undefined ? {} : { signal })) as ReportRows;
}

export const reportsQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: ['reports', project],
    queryFn: ({ pageParam, signal }) => readReports(project, pageParam, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
  });

/** A dump that is not walked yet is asked for again: the event stream may be cut by a proxy, this is not. */
const WALKING_POLL_MS = 3000;

export const reportQuery = (reportId: string) =>
  queryOptions({
    queryKey: ['report', reportId],
    queryFn: async ({ signal }) =>
      (await request(`/reports/${encodeURIComponent(reportId)}`, { signal })) as ReportAnswer,
    refetchInterval: ({ state }) => (isUnderway(state.data) ? WALKING_POLL_MS : false),
  });

function isUnderway(answer: ReportAnswer | undefined): boolean {
  return answer?.state === 'queued' || answer?.state === 'walking';
}

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async ({ signal }) => ((await request('/people', { signal })) as { people: readonly Person[] }).people,
});

export const tokensQuery = (project: string) =>
  queryOptions({
    queryKey: ['tokens', project],
    queryFn: async ({ signal }) =>
      ((await request(`/tokens${queryText({ project })}`, { signal })) as { tokens: readonly ApiToken[] }).tokens,
  });
