import { type ProjectSearch, readProject } from '../app/search.js';

/** Which two reports stand side by side, as it stands in the address. */
export interface CompareSearch extends ProjectSearch {
  readonly left?: string;
  readonly right?: string;
}

const REPORT_ID = /^[0-9a-f-]{16,36}$/;

export function readCompareSearch(raw: Readonly<Record<string, unknown>>): CompareSearch {
  const [left, right] = [idOf(raw['left']), idOf(raw['right'])];
  return {
    ...readProject(raw),
    ...(left === undefined ? {} : { left }),
    ...(right === undefined ? {} : { right }),
  };
}

/** A report's id out of what a person pastes: the id, or the address of its page. */
export function idOf(pasted: unknown): string | undefined {
  if (typeof pasted !== 'string') return undefined;
  const last = pasted.trim().split(/[?#]/u, 1)[0]?.split('/').at(-1)?.toLowerCase() ?? '';
  return REPORT_ID.test(last) ? last : undefined;
}
