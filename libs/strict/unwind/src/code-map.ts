import type { Module, ProcessSnapshot } from '@crashkeep/snapshot';
import type { SymbolForm } from '@crashkeep/symbols';
import { ModuleMap } from './module-map.js';
import { AddressMask } from './pointer-authentication.js';

const HALF = 0x1_0000_0000;
/** Verdicts on stack words that are remembered. */
const VERDICTS_MAX = 65_536;

/** Modules, their symbols, and what they say of an address. */
export class CodeMap {
  readonly modules: ModuleMap;
  /** Which bits of a pointer hold the address (arm64). */
  readonly addressMask: AddressMask;
  /** Words that scans may still look at. */
  scansLeft: number;
  readonly #symbolsOf: (module: Module) => SymbolForm | null;
  readonly #opened = new Map<number, SymbolForm | null>();
  readonly #verdicts = new Map<number, boolean>();

  constructor(
    { modules, pointerAuthenticationMask }: ProcessSnapshot,
    symbolsOf: (module: Module) => SymbolForm | null,
    scannedWords: number,
  ) {
    this.modules = new ModuleMap(modules);
    this.addressMask = new AddressMask(this.modules.end, pointerAuthenticationMask);
    this.#symbolsOf = symbolsOf;
    this.scansLeft = scannedWords;
  }

  symbolsOf(module: Module): SymbolForm | null {
    let form = this.#opened.get(module.ordinal);
    if (form === undefined) {
      form = this.#symbolsOf(module);
      this.#opened.set(module.ordinal, form);
    }
    return form;
  }

  /**
   * True where `low`, `high` could be a return address: the byte before it is in a module and, where that has symbols, in a
   * named function, or in one that can be left. The byte before, because a call that does not return may be a function's last.
   */
  isReturnAddress(low: number, high: number): boolean {
    const address = high * HALF + low;
    if (address <= 1) return false;
    const module = address <= Number.MAX_SAFE_INTEGER ? this.modules.at(address - 1) : this.modules.atWord(low, high);
    if (module === null) return false;
    const known = this.#verdicts.get(address);
    if (known !== undefined) return known;
    const verdict = this.#isNamedCode(module, address - 1);
    if (this.#verdicts.size >= VERDICTS_MAX) this.#verdicts.clear();
    this.#verdicts.set(address, verdict);
    return verdict;
  }

  #isNamedCode(module: Module, address: number): boolean {
    const symbols = this.symbolsOf(module);
    const offset = address - Number(module.base);
    if (symbols === null || Number.isNaN(offset)) return true;
    if (symbols.hasFunctions) return symbols.functionAt(offset)?.named === true;
    return !symbols.hasUnwind || symbols.unwindAt(offset) !== null;
  }
}
