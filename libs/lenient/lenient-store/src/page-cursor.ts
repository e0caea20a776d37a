import { z } from 'zod';

/** How many rows a page may have. */
export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 50;

/** Where a page ended: the sort key and the id of its last row. */
const Place = z.tuple([z.string().max(40), z.uuid()]);
export type PagePlace = z.infer<typeof Place>;

/** Opaque to clients. It names rows that the client has seen, so nothing in it is secret and nothing needs a signature. */
export const pageCursor = (key: string, id: string): string =>
  Buffer.from(JSON.stringify([key, id])).toString('base64url');

/** Null where the text is no cursor of ours. `key` says what its sort key must look like. */
export function parsePageCursor(cursor: string, key: RegExp): PagePlace | null {
  if (cursor.length > 256) return null;
  try {
    const place = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return key.test(place[0]) ? place : null;
  } catch {
    return null;
  }
}

/** An instant with milliseconds, as `Date.toISOString` writes it. */
export const INSTANT_KEY = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const COUNT_KEY = /^\d{1,18}$/;

/** `rows` holds one more than a page where there is a next one. */
export function pageOf<T>(
  rows: readonly T[],
  size: number,
  cursorOf: (last: T) => string,
): { readonly rows: readonly T[]; readonly next: string | null } {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { rows: page, next: rows.length > size && last !== undefined ? cursorOf(last) : null };
}
