import { useSuspenseQuery } from '@tanstack/react-query';
import { placesQuery } from '../api/queries.js';
import type { Places } from '../api/wire.js';

/** Where the reading room and ingest are. */
export function usePlaces(): Places {
  return useSuspenseQuery(placesQuery).data;
}

/** The request page of the reading room, with the question already written. */
export function requestLink(room: string, dump: string, thread: number | null): string {
  const query = new URLSearchParams({ dump, ...(thread === null ? {} : { thread: String(thread) }) });
  return `${room}/request?${query.toString()}`;
}
