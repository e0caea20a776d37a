import { queryText, request } from '@crashkeep/ui';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Completions, Facets, ReportRows, SavedView, TopCrashers } from './wire.js';

/** A project's reports that fit a search in so many days up to today. */
export interface Asked {
  readonly project: string;
  readonly q: string;
  readonly days: number;
}

export const TOP_PAGE = 50;

export const topQuery = (asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['top', asked],
    queryFn: async ({ pageParam, signal }) =>
      (await request(`/top${queryText({ ...wire(asked), skip: String(pageParam), limit: String(TOP_PAGE) })}`, {
        signal,
      })) as TopCrashers,
    initialPageParam: 0,
    getNextPageParam: (page, pages) => (page.more ? pages.length * TOP_PAGE : null),
    placeholderData: keepPreviousData,
  });

const FIELDS = 'product,version,channel,os,cpu,reason';

export const facetsQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['facets', asked],
    queryFn: async ({ signal }) =>
      (await request(`/search/facets${queryText({ ...wire(asked), fields: FIELDS })}`, { signal })) as Facets,
    placeholderData: keepPreviousData,
  });

const NO_CURSOR = null as string | null;

export const searchQuery = (asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['search', asked],
    queryFn: async ({ pageParam, signal }) =>
      (await request(`/search${queryText({ ...wire(asked), cursor: pageParam })}`, { signal })) as ReportRows,
    initialPageParam: NO_CURSOR,
    getNextPageParam: (page) => page.next,
  });

/** What could stand at the caret. */
export const completeQuery = (project: string, q: string, at: number) =>
  queryOptions({
    queryKey: ['complete', project, q, at],
    queryFn: async ({ signal }) =>
      (await request(`/search/complete${queryText({ project, q, at: String(at) })}`, { signal })) as Completions,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

export const viewsQuery = (project: string) =>
  queryOptions({
    queryKey: ['views', project],
    queryFn: async ({ signal }) =>
      ((await request(`/views${queryText({ project })}`, { signal })) as { views: readonly SavedView[] }).views,
  });

/** The address of the file that a search makes; the browser's own download takes it from there. */
export function exportAddress(asked: Asked, format: 'csv' | 'json'): string {
  return `/api/v1/search/export${queryText({ ...wire(asked), format })}`;
}

const wire = ({ project, q, days }: Asked) => ({ project, q, days: String(days) });
