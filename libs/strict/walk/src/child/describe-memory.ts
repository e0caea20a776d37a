import type { MemoryFigures } from '@crashkeep/snapshot';
import { FREE_BUCKETS, SIZE_BUCKETS, type WalkResult } from '../walk-result.js';

const MEGABYTE = 1024 * 1024;
/** Where each bucket but the first begins. */
const SIZES = [64, 256, 1024, 4096, 16_384, 65_536].map((megabytes) => megabytes * MEGABYTE);
const SHARES = [0.02, 0.05, 0.1, 0.25];

/** Figures as buckets: a number of bytes could be told apart from millions of others, a bucket from six. */
export function describeMemory(figures: MemoryFigures | null): WalkResult['memory'] {
  if (figures === null) return null;
  const { physical, available, committed, commitLimit, process } = figures;
  const uncommitted = committed === null || commitLimit === null ? null : commitLimit - committed;
  return {
    physical: sizeOf(physical),
    available: shareOf(available, physical),
    commit: shareOf(uncommitted, commitLimit),
    process: sizeOf(process),
  };
}

function sizeOf(bytes: number | null): (typeof SIZE_BUCKETS)[number] | null {
  return bytes === null || bytes <= 0 ? null : (SIZE_BUCKETS[countPassed(SIZES, bytes)] ?? null);
}

function shareOf(part: number | null, whole: number | null): (typeof FREE_BUCKETS)[number] | null {
  if (part === null || whole === null || whole <= 0) return null;
  return FREE_BUCKETS[countPassed(SHARES, part / whole)] ?? null;
}

function countPassed(starts: readonly number[], value: number): number {
  return starts.filter((start) => value >= start).length;
}
