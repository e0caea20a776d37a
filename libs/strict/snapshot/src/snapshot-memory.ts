import type { ByteSource, FileRange } from './byte-source.js';

/** `size` bytes of the process at `address` lie in the dump at `offset`. */
export interface MemoryRegion {
  readonly address: bigint;
  readonly size: number;
  readonly offset: number;
}

/** The process's saved memory by address. Overlaps are allowed: the region that starts last at or below the address wins. */
export class SnapshotMemory {
  /** Sorted by address. */
  readonly regions: readonly MemoryRegion[];
  readonly #source: ByteSource;
  readonly #littleEndian: boolean;
  #last: MemoryRegion | null = null;

  constructor(source: ByteSource, regions: readonly MemoryRegion[], littleEndian = true) {
    this.#source = source;
    this.#littleEndian = littleEndian;
    this.regions = [...regions].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
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

  /** A word of 4 or 8 bytes in the dump's byte order, or null where it was not saved. */
  readWord(address: bigint, bytes: 4 | 8): bigint | null {
    const found = this.read(address, bytes);
    if (found === null) return null;
    const view = new DataView(found.buffer, found.byteOffset, found.byteLength);
    return bytes === 8 ? view.getBigUint64(0, this.#littleEndian) : BigInt(view.getUint32(0, this.#littleEndian));
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
