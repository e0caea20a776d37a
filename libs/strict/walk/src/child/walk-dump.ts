import type { ByteSource, Module, ProcessSnapshot } from '@crashkeep/snapshot';
import { isElfCore, readElfCore } from '@crashkeep/elfcore';
import { isMinidump, readMinidump } from '@crashkeep/minidump';
import type { SymbolForm } from '@crashkeep/symbols';
import { walkThreads } from '@crashkeep/unwind';
import { ChildError } from './child-error.js';
import type { WalkResult } from '../walk-result.js';
import { describeWalk } from './describe-walk.js';

/** Finds the symbols of these modules in one round, and opens those of a module when it is first asked for. */
export type SymbolsOpener = (modules: readonly Module[]) => (module: Module) => SymbolForm | null;

/** From sp: the red zone below it, and as much above as nearly every walk needs. */
const BELOW_STACK_POINTER = 128n;
const STACK_AHEAD_BYTES = 64 * 1024;
/** What tells a format: an ELF header's type ends here. */
const HEAD_BYTES = 18;

/** Reads, unwinds, describes. Throws what the readers throw: a child turns it into a code. */
export function walkDump(
  source: ByteSource,
  openSymbols: SymbolsOpener,
  addresses: boolean,
): Omit<WalkResult, 'readSet'> {
  const snapshot = readSnapshot(source);
  const symbolsOf = openSymbols(snapshot.modules);
  prefetchStacks(snapshot);
  const walked = walkThreads(snapshot, symbolsOf);
  return describeWalk(snapshot, walked, addresses);
}

function readSnapshot(source: ByteSource): ProcessSnapshot {
  const head = source.read(0, Math.min(HEAD_BYTES, source.size)).slice();
  if (isMinidump(head)) return readMinidump(source);
  if (isElfCore(head)) return readElfCore(source);
  throw new ChildError('walk.not-a-dump');
}

function prefetchStacks({ memory, threads }: ProcessSnapshot): void {
  memory.prefetch(
    threads.flatMap(({ context }) => {
      if (context === null || context.stackPointer < BELOW_STACK_POINTER) return [];
      return [{ address: context.stackPointer - BELOW_STACK_POINTER, size: STACK_AHEAD_BYTES }];
    }),
  );
}
