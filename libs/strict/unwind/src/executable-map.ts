import type { RegionInfo } from '@crashkeep/snapshot';

/** Where a dump says that code may and may not run. */
export class ExecutableMap {
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #executable: readonly boolean[];

  /** `regions` are sorted by address. */
  constructor(regions: readonly RegionInfo[]) {
    this.#starts = Float64Array.from(regions, ({ address }) => Number(address));
    this.#ends = Float64Array.from(regions, ({ address, size }) => Number(address + size));
    this.#executable = regions.map(({ executable }) => executable);
  }

  /** True where the dump says that no code can run; false also where it says nothing. */
  forbids(address: number): boolean {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    return address < (this.#ends[low - 1] ?? 0) && this.#executable[low - 1] === false;
  }
}
