import type { Instant } from './wire.js';

/** Milliseconds since 1970. */
export function momentOf(instant: Instant): number {
  return typeof instant === 'number' ? instant * 1000 : Date.parse(instant);
}

export function momentOrNull(instant: Instant | null): number | null {
  return instant === null ? null : momentOf(instant);
}
