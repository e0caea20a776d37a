import type { Module, ProcessSnapshot } from '@crashkeep/snapshot';
import type { SymbolForm } from '@crashkeep/symbols';
import { DEFAULT_WALK_LIMITS, walkThreads } from '@crashkeep/unwind';
import { BudgetPassed, magnitude } from './fuzz-target.js';

/** Scans may look at fewer words than in earnest: the same loops end sooner. */
const LIMITS = { ...DEFAULT_WALK_LIMITS, frames: 8192, scannedWords: 500_000 };

/** Walks, checks that the limits held, and tells the outcome's class. */
export function walkOutcome(snapshot: ProcessSnapshot, symbolsOf: (module: Module) => SymbolForm | null): string {
  const walked = walkThreads(snapshot, symbolsOf, LIMITS);
  const frames = walked.flatMap((thread) => thread.frames);
  if (frames.length > LIMITS.frames || walked.some((thread) => thread.frames.length > LIMITS.framesPerThread))
    throw new BudgetPassed('frames');
  const trusts = new Set(frames.map(({ trust, module }) => `${trust}${module === null ? '?' : ''}`));
  return [
    snapshot.cpu,
    snapshot.os,
    snapshot.problems.join(),
    magnitude(snapshot.threads.length),
    magnitude(snapshot.modules.length),
    magnitude(snapshot.memory.regions.length),
    magnitude(snapshot.annotations.size),
    snapshot.crashReason?.split(' ')[0] ?? '',
    magnitude(frames.length),
    [...trusts].sort().join(),
  ].join(' ');
}
