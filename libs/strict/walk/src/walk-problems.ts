import type { ElfCoreProblem } from '@crashkeep/elfcore';
import type { MinidumpProblem } from '@crashkeep/minidump';

export type WalkProblem = MinidumpProblem | ElfCoreProblem;

/** Every problem that a reader knows: what a child says beside these is refused, so a problem carries no byte of a dump. */
const PROBLEMS: Readonly<Record<WalkProblem, true>> = {
  'minidump.truncated': true,
  'minidump.too-many-streams': true,
  'minidump.budget-exhausted': true,
  'minidump.no-system-info': true,
  'minidump.no-threads': true,
  'minidump.no-modules': true,
  'minidump.no-memory': true,
  'minidump.no-exception': true,
  'minidump.crashing-thread-not-listed': true,
  'minidump.bad-directory': true,
  'minidump.bad-system-info': true,
  'minidump.bad-threads': true,
  'minidump.bad-thread-context': true,
  'minidump.bad-thread-names': true,
  'minidump.bad-thread-info': true,
  'minidump.bad-modules': true,
  'minidump.bad-module': true,
  'minidump.bad-module-name': true,
  'minidump.bad-debug-record': true,
  'minidump.bad-unloaded-modules': true,
  'minidump.bad-memory': true,
  'minidump.bad-memory-info': true,
  'minidump.bad-exception': true,
  'minidump.bad-misc-info': true,
  'minidump.bad-memory-figures': true,
  'minidump.bad-crashpad-info': true,
  'minidump.bad-breakpad-info': true,
  'minidump.bad-assertion': true,
  'minidump.bad-mac-crash-info': true,
  'minidump.bad-linux-maps': true,
  'elfcore.truncated': true,
  'elfcore.too-many-segments': true,
  'elfcore.too-many-threads': true,
  'elfcore.unknown-machine': true,
  'elfcore.no-threads': true,
  'elfcore.no-signal': true,
  'elfcore.no-modules': true,
  'elfcore.no-memory': true,
  'elfcore.bad-note': true,
  'elfcore.bad-mapped-files': true,
  'elfcore.image-not-saved': true,
};

export const WALK_PROBLEMS = Object.keys(PROBLEMS) as WalkProblem[];

export function isWalkProblem(code: string): code is WalkProblem {
  return Object.hasOwn(PROBLEMS, code);
}
