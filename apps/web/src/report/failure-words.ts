import type { DumpFailure } from '@crashkeep/report';

/** Why a dump has no report, for a person. */
const WORDS: Readonly<Record<DumpFailure, string>> = {
  'minidump.bad-magic': 'The file does not begin like a minidump.',
  'minidump.bad-version': 'The minidump is of a version that nobody writes.',
  'minidump.truncated-header': 'The file ends before its header does. The upload was probably cut short.',
  'minidump.truncated-directory':
    'The file ends before its list of streams does. The crash handler was probably cut short.',
  'minidump.unreadable':
    'The minidump is damaged where it must not be. The upload or the crash handler was probably cut short.',
  'elfcore.bad-magic': 'The file does not begin like an ELF core.',
  'elfcore.not-a-core': 'The file is a program or a library, not the core of one.',
  'elfcore.truncated-header': 'The core ends before its header does. It was probably cut short while it was written.',
  'elfcore.truncated-segments':
    'The core ends before its list of segments does. It was probably cut short while it was written.',
  'elfcore.unreadable': 'The core is damaged where it must not be. It was probably cut short while it was written.',
  'walk.not-a-dump': 'The file is neither a minidump nor an ELF core.',
  'walk.timeout': 'Walking took longer than it may. The dump may be damaged, or made to be slow.',
  'walk.out-of-memory': 'Walking needed more memory than it may have.',
  'walk.budget-exhausted': 'Walking read more of the dump than it may. It may hold loops or very large tables.',
  'walk.child-died': 'The process that reads dumps ended while it read this one.',
  'walk.child-not-started': 'The process that reads dumps could not be started. Whoever runs the vault must look.',
  'walk.bad-answer': 'The process that reads dumps answered with something that may not leave it.',
  'walk.source-failed': 'The sealed dump could not be read to its end.',
  'walk.too-many-attempts': 'The process that reads dumps ended each time that it tried this one.',
  'walk.internal': 'The walker failed in a way that nobody foresaw. Whoever runs the vault should tell us.',
  'walk.failed': 'The dump could not be walked.',
  'envelope.does-not-open': 'The sealed dump could not be opened: its header or its key is no longer there.',
  'store.unavailable': 'The store that holds the dump could not be reached.',
};

/** A server that is newer than this page may know more codes. */
export function failureWords(code: string | null): string {
  return Object.entries(WORDS).find(([known]) => known === code)?.[1] ?? WORDS['walk.failed'];
}
