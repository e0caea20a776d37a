import type { MemoryRegion, SnapshotMemory } from '@crashkeep/snapshot';
import { exactNumber } from './registers.js';

/** Bytes that one read fetches: most stacks are done after one. */
const WINDOW_BYTES = 64 * 1024;
const WINDOW_BELOW = 128;

interface Window {
  readonly start: number;
  readonly end: number;
  readonly view: DataView;
}

/**
 * The words of one thread's stack. Unwind data may load from here and from nowhere else in the dump. `low` and `high`
 * hold the word that `load` found last.
 */
export class StackMemory {
  low = 0;
  high = 0;
  readonly #memory: SnapshotMemory;
  readonly #regions: readonly MemoryRegion[];
  readonly #wordBytes: 4 | 8;
  #window: Window = { start: 0, end: 0, view: new DataView(new ArrayBuffer(0)) };

  constructor(memory: SnapshotMemory, regions: readonly MemoryRegion[], wordBytes: 4 | 8) {
    this.#memory = memory;
    this.#regions = regions;
    this.#wordBytes = wordBytes;
  }

  get isEmpty(): boolean {
    return this.#regions.length === 0;
  }

  /** Reads the word at `address`; false where it was not saved. */
  load(address: number): boolean {
    let window = this.#window;
    if (!(address >= window.start && address + this.#wordBytes <= window.end)) {
      const found = this.#openWindow(address);
      if (found === null) return false;
      window = found;
    }
    const at = address - window.start;
    const { littleEndian } = this.#memory;
    if (this.#wordBytes === 4) {
      this.low = window.view.getUint32(at, littleEndian);
      this.high = 0;
    } else {
      this.low = window.view.getUint32(littleEndian ? at : at + 4, littleEndian);
      this.high = window.view.getUint32(littleEndian ? at + 4 : at, littleEndian);
    }
    return true;
  }

  /** As `load`, for what unwind rules ask for: only an aligned word is one that a program stored. */
  loadAligned(address: number): boolean {
    return address % this.#wordBytes === 0 && this.load(address);
  }

  /** The word loaded last, NaN where it is 2^53 or more. */
  get number(): number {
    return exactNumber(this.low, this.high);
  }

  holds(address: number): boolean {
    return this.#regionAt(address) !== null;
  }

  /** The first saved address at or above `address` and within `reach` of it; null where there is none. */
  firstSavedFrom(address: number, reach: number): number | null {
    let first: number | null = null;
    for (const region of this.#regions) {
      const start = Number(region.address);
      if (this.#contains(region, address)) return address;
      if (start >= address && start - address <= reach && (first === null || start < first)) first = start;
    }
    return first;
  }

  #openWindow(address: number): Window | null {
    const region = this.#regionAt(address);
    if (region === null) return null;
    // From the word on, since stacks are walked upwards; a little below it, where a red zone may hold a saved register.
    const start = Number(region.address);
    const from = Math.max(start, address - WINDOW_BELOW);
    const length = Math.min(WINDOW_BYTES, start + region.size - from);
    const bytes = this.#memory.read(BigInt(from), length);
    if (bytes === null) return null;
    const copy = Uint8Array.from(bytes);
    this.#window = { start: from, end: from + length, view: new DataView(copy.buffer) };
    return this.#window;
  }

  #regionAt(address: number): MemoryRegion | null {
    return this.#regions.find((region) => this.#contains(region, address)) ?? null;
  }

  #contains(region: MemoryRegion, address: number): boolean {
    const start = Number(region.address);
    return address >= start && address + this.#wordBytes <= start + region.size;
  }
}
