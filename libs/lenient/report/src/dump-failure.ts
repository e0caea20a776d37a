import { z } from 'zod';

/**
 * Why a dump has no report: a closed set, so that a state row has no text. Who walks maps its own codes by `dumpFailureOf`;
 * one that is not here says only whose part failed.
 */
export const DumpFailure = z.enum([
  'minidump.bad-magic',
  'minidump.bad-version',
  'minidump.truncated-header',
  'minidump.truncated-directory',
  'minidump.unreadable',
  'elfcore.bad-magic',
  'elfcore.not-a-core',
  'elfcore.truncated-header',
  'elfcore.truncated-segments',
  'elfcore.unreadable',
  'walk.not-a-dump',
  'walk.timeout',
  'walk.out-of-memory',
  'walk.budget-exhausted',
  'walk.child-died',
  'walk.child-not-started',
  'walk.bad-answer',
  'walk.source-failed',
  'walk.too-many-attempts',
  'walk.internal',
  'walk.failed',
  'envelope.does-not-open',
  'store.unavailable',
]);
export type DumpFailure = z.infer<typeof DumpFailure>;

/** The closed form of any code. */
export function dumpFailureOf(code: string): DumpFailure {
  const known = DumpFailure.safeParse(code);
  if (known.success) return known.data;
  if (code.startsWith('minidump.')) return 'minidump.unreadable';
  if (code.startsWith('elfcore.')) return 'elfcore.unreadable';
  if (code.startsWith('snapshot.budget')) return 'walk.budget-exhausted';
  if (code.startsWith('envelope.') || code.startsWith('unseal.')) return 'envelope.does-not-open';
  if (code.startsWith('object-store.')) return 'store.unavailable';
  return 'walk.failed';
}
