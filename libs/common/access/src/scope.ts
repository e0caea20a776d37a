import { z } from 'zod';
import { AccessError } from './access-error.js';
import { AddressRangeWire, normaliseAddressRanges } from './address-range.js';
import { ASKED_RANGES_MAX, ASKED_THREADS_MAX } from './limits.js';

/** From narrow to wide (DESIGN.md 7). `export` stays off until a project turns it on. */
export const SCOPE_KINDS = ['annotations', 'registers', 'stack', 'memory', 'whole', 'export'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

const threads = z.array(z.int().min(0).max(4096)).min(1).max(ASKED_THREADS_MAX);

/** The scopes that are served. */
export const Scope = z.discriminatedUnion('kind', [
  /** What the client sent beside the dump as key and value. */
  z.strictObject({ kind: z.literal('annotations') }),
  /** Saved registers of threads, by their index in the report. */
  z.strictObject({ kind: z.literal('registers'), threads }),
  /** Stacks of threads. */
  z.strictObject({ kind: z.literal('stack'), threads }),
  z.strictObject({ kind: z.literal('memory'), ranges: z.array(AddressRangeWire).min(1).max(ASKED_RANGES_MAX) }),
  /** Every byte of the dump's file, read piece by piece like any other scope. */
  z.strictObject({ kind: z.literal('whole') }),
]);
export type Scope = z.infer<typeof Scope>;

/** A scope in the one spelling in which it is stored and signed: sorted, without doubles. */
export function normaliseScope(scope: Scope): Scope {
  if (scope.kind === 'memory') return { kind: 'memory', ranges: normaliseAddressRanges(scope.ranges) };
  if (scope.kind === 'annotations' || scope.kind === 'whole') return { kind: scope.kind };
  if (scope.threads.length === 0) throw new AccessError('access.range-empty');
  return { kind: scope.kind, threads: [...new Set(scope.threads)].sort((a, b) => a - b) };
}
