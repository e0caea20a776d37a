import { EnvelopeError } from '@crashkeep/envelope';
import { type DumpFailure, dumpFailureOf } from '@crashkeep/report';
import { ObjectStoreError } from '@crashkeep/strict-store';
import { WALK_FAULTS, WalkError } from '@crashkeep/walk';

export interface AttemptFailure {
  readonly code: DumpFailure;
  /** `never`: it would end the same. `counted`: a few more times. `uncounted`: the vault's fault, as often as it takes. */
  readonly retry: 'never' | 'counted' | 'uncounted';
}

/** Whatever ended an attempt, in the closed set that may be shown. */
export function attemptFailureOf(error: unknown): AttemptFailure {
  if (error instanceof WalkError && error.code === 'walk.source-failed') return attemptFailureOf(error.cause);
  if (error instanceof WalkError) {
    const { blame, retry } = WALK_FAULTS[error.code];
    return { code: dumpFailureOf(error.code), retry: !retry ? 'never' : blame === 'vault' ? 'uncounted' : 'counted' };
  }
  if (error instanceof EnvelopeError) return { code: 'envelope.does-not-open', retry: 'never' };
  if (error instanceof ObjectStoreError) {
    return { code: 'store.unavailable', retry: error.code === 'object.store-away' ? 'uncounted' : 'counted' };
  }
  return { code: 'walk.internal', retry: 'counted' };
}
