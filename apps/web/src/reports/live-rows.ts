import type { DumpState, ReportRow, ReportRows } from '../api/wire.js';

/** A live list never moves under the pointer: rows newer than the frontier wait until someone asks for them. */
export interface LiveRows {
  readonly shown: readonly ReportRow[];
  /** How many wait. */
  readonly waiting: number;
}

/** `frontier`: id of the newest row that is shown; null shows all. `rows` are newest first. */
export function splitAtFrontier(rows: readonly ReportRow[], frontier: string | null): LiveRows {
  const at = frontier === null ? 0 : rows.findIndex(({ id }) => id === frontier);
  const waiting = Math.max(0, at);
  return { shown: rows.slice(waiting), waiting };
}

/** The row in its new state, if it is among them; the same array where it is not. */
export function withState(rows: readonly ReportRow[], id: string, state: DumpState): readonly ReportRow[] {
  return rows.some((row) => row.id === id && row.state !== state)
    ? rows.map((row) => (row.id === id ? { ...row, state } : row))
    : rows;
}

/**
 * The pages with the newest rows read anew. Cursors hold, since they say after which row they go on. Where more came than a page
 * holds there is a gap: then only the new page stands, and the rest is read again by whoever scrolls there.
 */
export function withHead(pages: readonly ReportRows[], head: ReportRows): readonly ReportRows[] {
  const [first, ...others] = pages;
  const fresh = new Set(head.reports.map(({ id }) => id));
  if (first === undefined || !first.reports.some(({ id }) => fresh.has(id))) return [head];
  const kept = first.reports.filter(({ id }) => !fresh.has(id));
  return [{ reports: [...head.reports, ...kept], next: first.next }, ...others];
}
