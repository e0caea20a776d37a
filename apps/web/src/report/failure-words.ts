import type { DumpFailure } from '@crashkeep/report';

/** Why a dump has no report, for a person. */
const WORDS: Readonly<Record<DumpFailure, string>> = {
  'minidump.bad-magic': 'The file does not begin like a minidump.',
  'minidump.unreadable':
    'The minidump is damaged where it must not be. The upload or the crash handler was probably cut short.',
  'elfcore.bad-magic': 'The file does not begin like an ELF core.',
  'elfcore.unreadable': 'The core is damaged where it must not be. It was probably cut short while it was written.',
  'walk.timeout': 'Walking took longer than it may. The dump may be damaged, or made to be slow.',
  'walk.out-of-memory': 'Walking needed more memory than it may have.',
  'walk.budget-exhausted': 'Walking read more of the dump than it may. It may hold loops or very large tables.',
  'walk.child-died': 'The process that reads dumps ended while it read this one.',
  'walk.bad-answer': 'The process that reads dumps answered with something that may not leave it.',
  'walk.too-many-attempts': 'The process that reads dumps ended each time that it tried this one.',
  'walk.failed': 'The dump could not be walked.',
  'envelope.does-not-open': 'The sealed dump could not be opened: its header or its key is no longer there.',
  'store.unavailable': 'The store that holds the dump could not be reached.',
};

/** A server that is newer than this page may know more codes. */
export function failureWords(code: string | null): string {
  return Object.entries(WORDS).find(([known]) => known === code)?.[1] ?? WORDS['walk.failed'];
}
