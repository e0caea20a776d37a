import { ACCESS_FAULTS, type AccessErrorCode } from '@crashkeep/access';
import { z } from 'zod';

const WIRE_CODES = [
  /** Nobody listens, or the other side went away in mid-answer. */
  'keeper.away',
  'keeper.timeout',
  'keeper.malformed',
  'keeper.too-large',
  /** The keeper's own fault; its log says more. */
  'keeper.failed',
  /** Too many refused reads of one grant or person: nothing was looked at. */
  'keeper.too-many-refusals',
  /** Another root passkey is pinned: only the operator may change that, in the keeper's folder. */
  'keeper.root-pinned',
] as const;

export type KeeperErrorCode = (typeof WIRE_CODES)[number] | AccessErrorCode;

/** Every code that may cross the wire; anything else is `keeper.malformed`. */
export const RefusalCode = z.enum([
  ...WIRE_CODES,
  ...(Object.keys(ACCESS_FAULTS) as [AccessErrorCode, ...AccessErrorCode[]]),
]);

/** Why the keeper gave nothing. The text is the code. */
export class KeeperError extends Error {
  override readonly name = 'KeeperError';
  constructor(readonly code: KeeperErrorCode) {
    super(code);
  }
}
