import type { ByteSource, Module, ProcessSnapshot } from '@crashkeep/snapshot';
import { isElfCore, readElfCore } from '@crashkeep/elfcore';
import { isMinidump, readMinidump } from '@crashkeep/minidump';
import type { SymbolForm } from '@crashkeep/symbols';
import { walkThreads } from '@crashkeep/unwind';
import { ChildError } from './child-error.js';
import type { WalkResult } from '../walk-result.js';
import { describeWalk } from './describe-walk.js';
import type { PipeSource } from './pipe-source.js';

/** Finds the symbols of these modules in one round, and opens those of a module when it is first asked for. */
export type SymbolsOpener = (modules: readonly Module[]) => (module: Module) => SymbolForm | null;

/** What reading the records may fetch, of the 32 MiB that a walk may: the rest is for stacks. */
const RECORD_BYTES = 20 * 1024 * 1024;
/** What tells a format: an ELF header's type ends here. */
const HEAD_BYTES = 18;

/** Reads, unwinds, describes. Throws what the readers throw: a child turns it into a code. */
export function walkDump(
  source: PipeSource,
  openSymbols: SymbolsOpener,
  addresses: boolean,
): Omit<WalkResult, 'readSet'> {
  source.allowance = RECORD_BYTES;
  const snapshot = readSnapshot(source);
  source.allowance = Number.POSITIVE_INFINITY;
  const symbolsOf = openSymbols(snapshot.modules);
  const walked = walkThreads(snapshot, symbolsOf);
  return describeWalk(snapshot, walked, addresses);
}

function readSnapshot(source: ByteSource): ProcessSnapshot {
  const head = source.read(0, Math.min(HEAD_BYTES, source.size)).slice();
  if (isMinidump(head)) return readMinidump(source);
  if (isElfCore(head)) return readElfCore(source);
  throw new ChildError('walk.not-a-dump');
}
