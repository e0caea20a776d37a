import { type ProjectSearch, readProject } from '../app/search.js';

export const GROUP_SORTS = ['count', 'last_seen', 'first_seen'] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

/** The list's whole state, as it stands in the address. What is as usual is left out. */
export interface GroupsSearch extends ProjectSearch {
  readonly q?: string;
  readonly sort?: Exclude<GroupSort, 'count'>;
}

const QUERY_MAX = 200;

/** The address of a search and an order; the project stays as it is. */
export function groupsSearch(q: string, sort: GroupSort): GroupsSearch {
  return readGroupsSearch({ q, sort });
}

export function readGroupsSearch(raw: Readonly<Record<string, unknown>>): GroupsSearch {
  const q = textOf(raw['q']);
  const sort = GROUP_SORTS.find((known) => known === raw['sort']);
  return {
    ...readProject(raw),
    ...(q === '' ? {} : { q }),
    ...(sort === undefined || sort === 'count' ? {} : { sort }),
  };
}

/** The router reads `?q=12` as a number: a person who types digits means text. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim().slice(0, QUERY_MAX) : '';
}
