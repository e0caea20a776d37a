import { ApiError } from '@crashkeep/ui';

/** Nothing is there for this person: no such thing, or an address that cannot be one. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 400);
}
