import type { ChildFailure } from '../walk-error.js';

/** A failure that the child itself finds. */
export class ChildError extends Error {
  override readonly name = 'ChildError';
  constructor(readonly code: ChildFailure) {
    super(code);
  }
}
