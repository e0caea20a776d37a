import type { ByteSource, FileRange } from './byte-source.js';

/** `size` bytes of the process at `address` lie in the dump at `offset`. */
export interface MemoryRegion {
  readonly address: bigint;
  readonly size: number;
  readonly offset: number;
}

/**
 * The process's saved memory by address.
 *
 * Regions of a dump may overlap and come in any order (Wine's do both). Here they are sorted and disjoint: where two hold the
 * same address, the one that starts first keeps it. Neighbours stay apart: a thread's stack must not grow by what lies beside it.
 */
export class SnapshotMemory {
  /** Sorted by address, disjoint. */
  readonly regions: readonly MemoryRegion[];
  readonly littleEndian: boolean;
  readonly #source: ByteSource;
  #last: MemoryRegion | null = null;

  constructor(source: ByteSource, regions: readonly MemoryRegion[], littleEndian = true) {
    this.#source = source;
    this.littleEndian = littleEndian;
    this.regions = disjoint(regions);
  }

  regionAt(address: bigint): MemoryRegion | null {
    if (this.#last !== null && contains(this.#last, address)) return this.#last;
    let low = 0;
    let high = this.regions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.regions[middle]?.address ?? 0n) <= address) low = middle + 1;
      else high = middle;
    }
    const region = this.regions[low - 1];
    if (region === undefined || !contains(region, address)) return null;
    this.#last = region;
    return region;
  }

  /** Exactly `length` bytes of one region, or null where they were not saved. */
  read(address: bigint, length: number): Uint8Array | null {
    const region = this.regionAt(address);
    if (region === null) return null;
    const start = Number(address - region.address);
    if (start + length > region.size) return null;
    return this.#source.read(region.offset + start, length);
  }

  /** As many of `length` bytes as one region holds from `address` on; null where the first was not saved. A view for loops that must not look up each word. */
  readUpTo(address: bigint, length: number): Uint8Array | null {
    const region = this.regionAt(address);
    if (region === null) return null;
    const start = Number(address - region.address);
    return this.#source.read(region.offset + start, Math.min(length, region.size - start));
  }

  /** A word of 4 or 8 bytes in the dump's byte order, or null where it was not saved. */
  readWord(address: bigint, bytes: 4 | 8): bigint | null {
    const found = this.read(address, bytes);
    if (found === null) return null;
    const view = new DataView(found.buffer, found.byteOffset, found.byteLength);
    return bytes === 8 ? view.getBigUint64(0, this.littleEndian) : BigInt(view.getUint32(0, this.littleEndian));
  }

  /** Hints that these addresses will be read; what was not saved is passed over. */
  prefetch(ranges: readonly { readonly address: bigint; readonly size: number }[]): void {
    const wanted: FileRange[] = [];
    for (const { address, size } of ranges) {
      const region = this.regionAt(address);
      if (region === null) continue;
      const start = Number(address - region.address);
      wanted.push({ offset: region.offset + start, length: Math.min(size, region.size - start) });
    }
    if (wanted.length > 0) this.#source.prefetch(wanted);
  }
}

function contains(region: MemoryRegion, address: bigint): boolean {
  return address >= region.address && address < region.address + BigInt(region.size);
}

/** The longer of two that begin together goes first, so that the shorter one is what is cut. */
function byAddress(a: MemoryRegion, b: MemoryRegion): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : b.size - a.size;
}

/** Most writers sort; then nothing is to be done. */
function sorted(regions: readonly MemoryRegion[]): readonly MemoryRegion[] {
  const isSorted = regions.every((region, i) => i === 0 || byAddress(regions[i - 1] ?? region, region) <= 0);
  return isSorted ? regions : [...regions].sort(byAddress);
}

function disjoint(regions: readonly MemoryRegion[]): MemoryRegion[] {
  const kept: MemoryRegion[] = [];
  let end = 0n;
  for (const region of sorted(regions)) {
    const stop = region.address + BigInt(region.size);
    if (stop <= end || region.size === 0) continue;
    const cut = region.address < end ? Number(end - region.address) : 0;
    kept.push(cut === 0 ? region : { address: end, size: region.size - cut, offset: region.offset + cut });
    end = stop;
  }
  return kept;
}
