import type { ElfFile } from '../elf/elf-file.js';
import type { FormBuilder } from '../form/form-builder.js';
import type { InlineRow, LineRow } from '../form/place-codec.js';
import { type AddressRange, rangesOf } from './address-ranges.js';
import { DwarfSections } from './dwarf-sections.js';
import { FunctionNames, referenceOf } from './function-names.js';
import { LinePool, linesWithin, offsetLines } from './line-pool.js';
import { type LineTable, readLineTable } from './line-program.js';
import { unlessDamaged } from './section-reader.js';
import { AT, type Entry, readEntries, readUnits, type Unit } from './units.js';

const SUBPROGRAM = 0x2e;
const INLINED = 0x1d;
/** Lines of all units together, and what a table counts for beside its lines. */
const LINES_MAX = 200_000_000;
const LINES_PER_TABLE = 100;
const RANGE_BYTES = 32;
const NO_LINES: LineTable = { lines: [], files: new Map() };

interface OpenFunction {
  readonly name: string | null;
  readonly ranges: readonly AddressRange[];
  readonly inlines: InlineRow[];
}

/** An entry whose children are being read: a function, or a call inlined into one. */
interface OpenEntry {
  readonly depth: number;
  readonly func: OpenFunction;
  /** Inlined calls that the children are in. */
  readonly calls: number;
}

/** Functions, lines and inlined calls of an ELF file's DWARF 2 to 5. */
export class DebugInfo {
  /** Lines that no function of ours has taken. */
  readonly spareLines = new LinePool();
  readonly #sections: DwarfSections;
  readonly #base: number;
  readonly #builder: FormBuilder;
  readonly #names: FunctionNames;
  readonly #files = new Map<string, number>();
  readonly #origins = new Map<string, number>();
  readonly #taken: Set<number>;
  #linesLeft = LINES_MAX;

  /** `taken` gets the offsets at which functions of ours begin. */
  constructor(elf: ElfFile, builder: FormBuilder, taken: Set<number>) {
    this.#taken = taken;
    this.#sections = new DwarfSections(elf);
    this.#base = elf.base;
    this.#builder = builder;
    this.#names = new FunctionNames((bytes) => {
      builder.reserve(bytes);
    });
  }

  /** Adds all units. Names go first: a unit may refer to a later one. */
  add(): void {
    for (const unit of readUnits(this.#sections)) this.#names.addUnit(unit, this.#sections);
    for (const unit of readUnits(this.#sections)) this.#addUnit(unit);
  }

  #addUnit(unit: Unit): void {
    const table = this.#lineTable(unit);
    const fileOf = (file: number): number | null => this.#file(table.files.get(file));
    const lines = offsetLines(table.lines, this.#base, fileOf);
    const functions = this.#functionsOf(unit, fileOf);
    for (const func of functions) this.#addFunction(func, lines);
    if (functions.length === 0) this.spareLines.add(lines);
  }

  #lineTable({ statements, directory, coding }: Unit): LineTable {
    const { lines } = this.#sections;
    if (lines === null || statements === null) return NO_LINES;
    // Units may share a line program: a small file could have one be run without end.
    if (this.#linesLeft <= 0) return NO_LINES;
    const table = unlessDamaged(() => readLineTable(lines.from(statements), directory, this.#sections, coding));
    this.#linesLeft -= LINES_PER_TABLE + (table?.lines.length ?? LINES_PER_TABLE);
    return table ?? NO_LINES;
  }

  #functionsOf(unit: Unit, fileOf: (file: number) => number | null): OpenFunction[] {
    const functions: OpenFunction[] = [];
    const open: OpenEntry[] = [];
    for (const entry of readEntries(unit, this.#sections)) {
      while ((open.at(-1)?.depth ?? -1) >= entry.depth) open.pop();
      const { depth, tag } = entry;
      const outer = open.at(-1);
      if (tag === SUBPROGRAM) {
        const func = { name: this.#names.at(entry.at), ranges: this.#ranges(entry, unit), inlines: [] };
        if (func.ranges.length > 0) functions.push(func);
        open.push({ depth, func, calls: 0 });
      } else if (tag === INLINED && outer !== undefined) {
        this.#addInline(entry, unit, outer, fileOf);
        open.push({ depth, func: outer.func, calls: outer.calls + 1 });
      }
    }
    return functions;
  }

  #addInline(entry: Entry, unit: Unit, outer: OpenEntry, fileOf: (file: number) => number | null): void {
    const number = (attribute: number): number => {
      const value = entry.get(attribute);
      return value?.kind === 'constant' ? value.value : 0;
    };
    const reference = referenceOf(entry);
    const origin = this.#origin(reference === null ? null : this.#names.at(reference));
    const callFile = fileOf(number(AT.callFile));
    for (const { start, end } of this.#ranges(entry, unit)) {
      const [address, callLine] = [start - this.#base, number(AT.callLine)];
      if (address < 0 || callFile === null || origin === null) continue;
      this.#builder.reserve(RANGE_BYTES);
      outer.func.inlines.push({ depth: outer.calls, address, size: end - start, callFile, callLine, origin });
    }
  }

  #addFunction({ name, ranges, inlines }: OpenFunction, lines: readonly LineRow[]): void {
    if (name === null) return;
    const reference = this.#builder.name(name);
    for (const range of ranges) {
      const [address, end] = [range.start - this.#base, range.end - this.#base];
      // Code that the linker dropped stands at 0, or at the very end.
      if (range.start === 0 || address < 0 || end > 0xffff_ffff) continue;
      this.#taken.add(address);
      this.#builder.addFunction({
        ...{ address, size: end - address, parameterBytes: 0, name: reference },
        lines: linesWithin(lines, address, end),
        inlines: inlines.filter((row) => row.address >= address && row.address < end),
      });
    }
  }

  #ranges(entry: Entry, unit: Unit): AddressRange[] {
    const attributes = { low: entry.get(AT.low), high: entry.get(AT.high), ranges: entry.get(AT.ranges) };
    const ranges = rangesOf(attributes, this.#sections, unit.coding, unit.low);
    this.#builder.reserve(ranges.length * RANGE_BYTES);
    return ranges;
  }

  #file(path: string | undefined): number | null {
    if (path === undefined) return null;
    return numbered(this.#files, path, (number) => {
      this.#builder.setFile(number, path);
    });
  }

  #origin(name: string | null): number | null {
    if (name === null) return null;
    return numbered(this.#origins, name, (number) => {
      this.#builder.setOrigin(number, name);
    });
  }
}

function numbered(numbers: Map<string, number>, text: string, add: (number: number) => void): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const number = numbers.size;
  numbers.set(text, number);
  add(number);
  return number;
}
