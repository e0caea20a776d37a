import type { FuzzTarget } from './fuzz-target.js';
import { elfCoreTarget } from './targets/elfcore.js';
import { formTarget } from './targets/form.js';
import { minidumpTarget } from './targets/minidump.js';
import { elfTarget, peTarget, symTarget } from './targets/symbol-files.js';
import { zipTarget } from './targets/zip.js';

export const TARGETS = {
  minidump: minidumpTarget,
  elfcore: () => elfCoreTarget,
  elf: () => elfTarget,
  pe: () => peTarget,
  sym: () => symTarget,
  form: formTarget,
  zip: () => zipTarget,
} as const satisfies Readonly<Record<string, () => FuzzTarget | Promise<FuzzTarget>>>;

export type TargetName = keyof typeof TARGETS;

export function isTargetName(name: string): name is TargetName {
  return Object.hasOwn(TARGETS, name);
}
