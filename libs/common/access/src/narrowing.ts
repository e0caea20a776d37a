import { AccessError } from './access-error.js';
import { totalBytes } from './file-range.js';
import { type GrantRange, isNarrower } from './grant-range.js';
import { type RegionMap, resolveScope } from './resolve-scope.js';
import { type Scope, normaliseScope } from './scope.js';

/** What a request asks for and an approval allows. */
export interface GrantTerms {
  readonly scope: Scope;
  /** The scope, resolved and frozen. */
  readonly ranges: readonly GrantRange[];
  /** From activation. */
  readonly minutes: number;
  /** Byte budget. */
  readonly bytes: number;
}

/** What an approver takes away; absent = as asked. */
export interface Narrowing {
  readonly scope?: Scope | undefined;
  readonly minutes?: number | undefined;
  readonly bytes?: number | undefined;
}

/** The terms less what was taken away. Anything that is wider, and a narrowing that changes nothing, is `access.not-narrower`. */
export function narrow(terms: GrantTerms, narrowing: Narrowing, map: RegionMap): GrantTerms {
  const narrower: GrantTerms = {
    scope: narrowing.scope === undefined ? terms.scope : normaliseScope(narrowing.scope),
    ranges: narrowing.scope === undefined ? terms.ranges : resolveScope(narrowing.scope, map),
    minutes: narrowing.minutes ?? terms.minutes,
    bytes: narrowing.bytes ?? terms.bytes,
  };
  const wider =
    !isNarrower(narrower.ranges, terms.ranges) ||
    !isLess(narrower.minutes, terms.minutes) ||
    !isLess(narrower.bytes, terms.bytes);
  const same =
    totalBytes(narrower.ranges) === totalBytes(terms.ranges) &&
    narrower.minutes === terms.minutes &&
    narrower.bytes === terms.bytes;
  if (wider || same) throw new AccessError('access.not-narrower');
  return narrower;
}

const isLess = (value: number, than: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= than;
