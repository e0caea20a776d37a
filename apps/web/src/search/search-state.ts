import { type ProjectSearch, readProject } from '../app/search.js';

/** What a list shows, as it stands in the address. What is as usual is left out. */
export interface ListSearch extends ProjectSearch {
  readonly q?: string;
  readonly days?: number;
}

export const TIME_CHOICES = [1, 7, 28, 90] as const;
export const DAYS_USUAL = 7;
const QUERY_MAX = 1000;
const DAYS_MAX = 400;

export function readListSearch(raw: Readonly<Record<string, unknown>>): ListSearch {
  return { ...readProject(raw), ...listSearch(textOf(raw['q']), Number(raw['days'] ?? DAYS_USUAL)) };
}

/** The address of a search; the project stays as it is. */
export function listSearch(q: string, days: number): Omit<ListSearch, 'project'> {
  const words = q.trim().slice(0, QUERY_MAX);
  const whole = Number.isInteger(days) && days >= 1 && days <= DAYS_MAX && days !== DAYS_USUAL;
  return { ...(words === '' ? {} : { q: words }), ...(whole ? { days } : {}) };
}

/** The router reads `?q=12` as a number: a person who types digits means text. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}
