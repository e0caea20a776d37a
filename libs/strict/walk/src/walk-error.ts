import type { ElfCoreErrorCode } from '@crashkeep/elfcore';
import type { MinidumpErrorCode } from '@crashkeep/minidump';

/** Why a child could not do its job: a closed list, so that a code carries no byte of a dump. */
export type ChildFailure =
  | MinidumpErrorCode
  | ElfCoreErrorCode
  | 'walk.not-a-dump'
  | 'walk.budget-exhausted'
  | 'walk.not-symbols'
  | 'walk.symbols-too-large'
  | 'walk.internal';

export type WalkErrorCode =
  | ChildFailure
  | 'walk.timeout'
  | 'walk.child-died'
  | 'walk.child-not-started'
  | 'walk.bad-answer'
  | 'walk.source-failed'
  /** A PDB or Mach-O file, and no dump_syms here. */
  | 'walk.no-dump-syms'
  | 'walk.closed';

/** Whose fault, and whether the same job may end otherwise next time. */
export interface WalkFault {
  readonly blame: 'sender' | 'vault';
  readonly retry: boolean;
}

const SENDERS: WalkFault = { blame: 'sender', retry: false };

const CHILD_FAULTS: Readonly<Record<ChildFailure, WalkFault>> = {
  'minidump.bad-magic': SENDERS,
  'minidump.bad-version': SENDERS,
  'minidump.truncated-header': SENDERS,
  'minidump.truncated-directory': SENDERS,
  'elfcore.bad-magic': SENDERS,
  'elfcore.not-a-core': SENDERS,
  'elfcore.truncated-header': SENDERS,
  'elfcore.truncated-segments': SENDERS,
  'walk.not-a-dump': SENDERS,
  'walk.not-symbols': SENDERS,
  'walk.symbols-too-large': SENDERS,
  'walk.budget-exhausted': SENDERS,
  'walk.internal': { blame: 'vault', retry: false },
};

export const WALK_FAULTS: Readonly<Record<WalkErrorCode, WalkFault>> = {
  ...CHILD_FAULTS,
  'walk.timeout': { blame: 'sender', retry: true },
  'walk.child-died': { blame: 'sender', retry: true },
  'walk.child-not-started': { blame: 'vault', retry: true },
  'walk.bad-answer': SENDERS,
  'walk.source-failed': { blame: 'vault', retry: true },
  'walk.no-dump-syms': { blame: 'vault', retry: false },
  'walk.closed': { blame: 'vault', retry: true },
};

/** What a child may send. */
export function isChildFailure(text: string): text is ChildFailure {
  return Object.hasOwn(CHILD_FAULTS, text);
}

/** The message is the code: it never quotes input. `cause` is set where a source failed; it stays in the process. */
export class WalkError extends Error {
  override readonly name = 'WalkError';
  constructor(
    readonly code: WalkErrorCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
