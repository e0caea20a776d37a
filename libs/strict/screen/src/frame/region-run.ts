import type { MemoryRegion } from '@crashkeep/snapshot';

/** Bytes of the file that are searched as memory; `address` is null where the file does not say (a plain file, a stream of a minidump). */
export interface ScreenRegion {
  readonly address: bigint | null;
  readonly offset: number;
  readonly size: number;
}

/** Regions that follow each other in the address space: a key may lie across their edges. */
export interface RegionRun {
  readonly address: bigint | null;
  readonly pieces: readonly ScreenRegion[];
  /** Where in the run each piece begins. */
  readonly starts: readonly number[];
  readonly size: number;
}

export interface ClippedRuns {
  readonly runs: readonly RegionRun[];
  /** Bytes that regions claim and the file does not have. */
  readonly missingBytes: number;
}

/** Sorted regions as runs, cut at the end of the file. A region that lies about its length costs what it claims, not what it says. */
export function joinRegions(regions: readonly ScreenRegion[], fileSize: number): ClippedRuns {
  const runs: { address: bigint | null; pieces: ScreenRegion[]; starts: number[]; size: number }[] = [];
  let missingBytes = 0;
  for (const region of regions) {
    const size = Math.max(0, Math.min(region.size, fileSize - region.offset));
    missingBytes += region.size - size;
    if (size === 0) continue;
    const piece = { address: region.address, offset: region.offset, size };
    const last = runs.at(-1);
    if (last !== undefined && follows(last, piece)) {
      last.pieces.push(piece);
      last.starts.push(last.size);
      last.size += size;
    } else {
      runs.push({ address: piece.address, pieces: [piece], starts: [0], size });
    }
  }
  return { runs, missingBytes };
}

function follows(run: RegionRun, piece: ScreenRegion): boolean {
  if (run.address !== null && piece.address !== null) return run.address + BigInt(run.size) === piece.address;
  return false;
}

/** A dump's memory, then what of its file is not memory: registers, streams, notes hold secrets as well. */
export function regionsOfDump(memory: readonly MemoryRegion[], fileSize: number): ScreenRegion[] {
  return [...memory, ...gapsOf(memory, fileSize)];
}

function gapsOf(memory: readonly MemoryRegion[], fileSize: number): ScreenRegion[] {
  const gaps: ScreenRegion[] = [];
  let at = 0;
  for (const { offset, size } of [...memory].sort((a, b) => a.offset - b.offset)) {
    if (offset > at) gaps.push({ address: null, offset: at, size: Math.min(offset, fileSize) - at });
    at = Math.max(at, offset + size);
    if (at >= fileSize) return gaps;
  }
  gaps.push({ address: null, offset: at, size: fileSize - at });
  return gaps;
}
