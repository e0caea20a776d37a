import type { Kernels } from './kernels.js';
import { PlainKernels } from './plain-kernels.js';
import { wasmKernels } from './wasm-kernels.js';

const WASM_PAGE = 64 * 1024;
/** The kernels' results for so many bytes fit. */
export const BLOCK_BYTES = 64 * 1024;
const OUT_BYTES = 4 * BLOCK_BYTES + 64;
const TABLE_BYTES = 64 * 1024;
const FILTER_BYTES = 2 * 1024 * 1024;
const WINDOW_AT = WASM_PAGE;

/**
 * The one memory of a job: a window of the dump, the tables and filters of its searches, and what the kernels answer. It never grows,
 * so that no view of it goes stale.
 */
export class ScanMemory {
  /** The window's bytes, and the same in words of the host, which is little-endian. */
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Small tables: each search lays its own out. */
  readonly table: Uint8Array;
  /** A set of bits over the windows of a pattern table. */
  readonly filter: Uint8Array;
  readonly tableAt: number;
  readonly filterAt: number;
  readonly kernels: Kernels;
  readonly #outAt: number;
  readonly #out: Uint32Array;

  /** `windowBytes` is what the window holds at most. `kernels` is for tests: which of the two to use. */
  constructor(windowBytes: number, kernels: 'wasm' | 'plain' | 'best' = 'best') {
    const windowEnd = WINDOW_AT + Math.ceil(windowBytes / WASM_PAGE) * WASM_PAGE;
    this.#outAt = windowEnd;
    this.tableAt = windowEnd + Math.ceil(OUT_BYTES / WASM_PAGE) * WASM_PAGE;
    this.filterAt = this.tableAt + TABLE_BYTES;
    const pages = (this.filterAt + FILTER_BYTES) / WASM_PAGE;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { buffer } = memory;
    const fast = kernels === 'plain' ? null : wasmKernels(memory);
    if (fast === null && kernels === 'wasm') throw new RangeError('screen.no-kernels');
    this.kernels = fast ?? new PlainKernels(buffer);
    this.bytes = new Uint8Array(buffer, WINDOW_AT, windowBytes);
    this.words = new Int32Array(buffer, WINDOW_AT, windowBytes >> 2);
    this.table = new Uint8Array(buffer, this.tableAt, TABLE_BYTES);
    this.filter = new Uint8Array(buffer, this.filterAt, FILTER_BYTES);
    this.#out = new Uint32Array(buffer, this.#outAt, OUT_BYTES >> 2);
  }

  /**
   * Runs a kernel over blocks of [from, to), indexes of the window, and tells what it found, block by block: indexes as well. A place
   * that `visit` is told must be used before the next kernel runs.
   */
  search(
    from: number,
    to: number,
    run: (from: number, to: number, out: number) => number,
    visit: (index: number) => void,
  ): void {
    for (let at = from; at < to; at += BLOCK_BYTES) {
      const count = run(WINDOW_AT + at, WINDOW_AT + Math.min(to, at + BLOCK_BYTES), this.#outAt);
      for (let i = 0; i < count; i++) visit((this.#out[i] ?? 0) - WINDOW_AT);
    }
  }

  /** The same for kernels that answer in pairs. */
  searchPairs(
    from: number,
    to: number,
    run: (from: number, to: number, out: number) => number,
    visit: (index: number, value: number) => void,
  ): void {
    for (let at = from; at < to; at += BLOCK_BYTES) {
      const count = run(WINDOW_AT + at, WINDOW_AT + Math.min(to, at + BLOCK_BYTES), this.#outAt);
      for (let i = 0; i < count; i += 2) visit((this.#out[i] ?? 0) - WINDOW_AT, this.#out[i + 1] ?? 0);
    }
  }

  /** Where index `index` of the window lies for a kernel. */
  placeOf(index: number): number {
    return WINDOW_AT + index;
  }

  /** One byte a page of [from, from + 4096 pages), 1 where it is constant; good until the next kernel runs. */
  constantPages(from: number, pages: number): Uint8Array {
    this.kernels.constantPages(WINDOW_AT + from, pages, this.#outAt);
    return new Uint8Array(this.#out.buffer, this.#outAt, pages);
  }

  /** Nothing of a dump outlives its job here. */
  wipe(): void {
    this.bytes.fill(0);
    this.#out.fill(0);
    this.table.fill(0);
    this.filter.fill(0);
  }
}
