import type { Module } from '@crashkeep/snapshot';

const HALF = 0x1_0000_0000;
const EXACT = 2 ** 53;

/** The loaded modules by address. Of modules that overlap the one that begins first is kept, as rust-minidump has it. */
export class ModuleMap {
  readonly #modules: readonly Module[];
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  /** Modules at 2^53 or above: kernels have them, programs do not. Looked through one by one. */
  readonly #high: readonly Module[];

  constructor(modules: readonly Module[]) {
    const disjoint = disjointModules(modules);
    this.#modules = disjoint.filter((module) => endOf(module) <= EXACT);
    this.#high = disjoint.filter((module) => endOf(module) > EXACT);
    this.#starts = Float64Array.from(this.#modules, (module) => Number(module.base));
    this.#ends = Float64Array.from(this.#modules, (module) => Number(endOf(module)));
  }

  /** One past the highest address of a module; 0 without modules. */
  get end(): bigint {
    const last = this.#high.at(-1) ?? this.#modules.at(-1);
    return last === undefined ? 0n : endOf(last);
  }

  /** The module that holds an address below 2^53. */
  at(address: number): Module | null {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    return address < (this.#ends[low - 1] ?? 0) ? (this.#modules[low - 1] ?? null) : null;
  }

  atWord(low: number, high: number): Module | null {
    const address = high * HALF + low;
    if (address < EXACT) return this.at(address);
    if (this.#high.length === 0) return null;
    const word = (BigInt(high) << 32n) | BigInt(low);
    return this.#high.find((module) => word >= module.base && word < endOf(module)) ?? null;
  }
}

function endOf(module: Module): bigint {
  return module.base + BigInt(module.size);
}

function disjointModules(modules: readonly Module[]): Module[] {
  let covered = 0n;
  return modules
    .filter((module) => module.size > 0 && endOf(module) <= 1n << 64n)
    .sort((a, b) => (a.base < b.base ? -1 : a.base > b.base ? 1 : a.size - b.size))
    .filter((module) => {
      if (module.base < covered) return false;
      covered = endOf(module);
      return true;
    });
}
