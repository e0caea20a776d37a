/** Why it probably crashed, in one word of a closed list. */
export const CRASH_CAUSES = [
  'null-call',
  'null-pointer',
  'stack-overflow',
  'guard-page',
  'executing-data',
  'unloaded-code',
  'wild-call',
  'freed-memory',
  'uninitialised-memory',
  'non-canonical',
  'read-only-memory',
  'file-gone',
  'abort',
  'assertion',
  'uncaught-exception',
  'heap-corruption',
  'stack-smashed',
  'out-of-memory',
  'divided-by-zero',
  'trap',
  'illegal-instruction',
] as const;
export type CrashCause = (typeof CRASH_CAUSES)[number];

export interface ProbableCause {
  readonly cause: CrashCause;
  /** strong: the dump's own facts prove it. fair: it usually is so. */
  readonly sure: 'strong' | 'fair';
}
