import { SymbolsError } from '../symbols-error.js';
import type { CommonInformation, FrameDescription } from './call-frame-entries.js';
import type { SectionReader } from './section-reader.js';

/** What a table says of one column. A column that is not there: same value for callee-saved registers, unknown for others. */
export type ColumnRule =
  | { readonly kind: 'undefined' | 'same' }
  | { readonly kind: 'offset' | 'value-offset'; readonly offset: number }
  | { readonly kind: 'register'; readonly register: number }
  | { readonly kind: 'expression' | 'value-expression'; readonly expression: Uint8Array };

export type CfaColumn =
  | { readonly kind: 'register'; readonly register: number; readonly offset: number }
  | { readonly kind: 'expression'; readonly expression: Uint8Array };

export interface FrameTable {
  readonly cfa: CfaColumn | null;
  readonly columns: ReadonlyMap<number, ColumnRule>;
}

const INSTRUCTIONS_MAX = 100_000;
const STATES_MAX = 64;
/** All registers that we know have lower numbers. */
const COLUMNS_MAX = 128;

/** Runs an entry's program; hands over the table at each address where it changes, first at the entry's start. */
export function runCallFrameProgram(entry: FrameDescription, emit: (address: number, table: FrameTable) => void): void {
  const { common } = entry;
  const machine = new Machine(common, entry.start, initialTable(common), emit);
  machine.run(entry.instructions);
  emit(machine.address, machine.table);
}

/** Run once for all entries that share it: there may be many, and it may be long. */
const initialTables = new WeakMap<CommonInformation, FrameTable>();

function initialTable(common: CommonInformation): FrameTable {
  const known = initialTables.get(common);
  if (known !== undefined) return known;
  const machine = new Machine(common, 0, null, () => undefined);
  machine.run(common.instructions);
  initialTables.set(common, machine.table);
  return machine.table;
}

class Machine {
  address: number;
  #cfa: CfaColumn | null;
  #columns: Map<number, ColumnRule>;
  readonly #common: CommonInformation;
  readonly #initial: FrameTable | null;
  readonly #emit: (address: number, table: FrameTable) => void;
  readonly #saved: FrameTable[] = [];

  constructor(
    common: CommonInformation,
    address: number,
    initial: FrameTable | null,
    emit: (address: number, table: FrameTable) => void,
  ) {
    this.#common = common;
    this.address = address;
    this.#initial = initial;
    this.#cfa = initial?.cfa ?? null;
    this.#columns = new Map(initial?.columns ?? []);
    this.#emit = emit;
  }

  get table(): FrameTable {
    return { cfa: this.#cfa, columns: this.#columns };
  }

  run(from: SectionReader): void {
    const reader = from.from(from.position);
    for (let steps = 0; !reader.atEnd(); steps++) {
      if (steps > INSTRUCTIONS_MAX) throw new SymbolsError('symbols.damaged-image');
      this.#step(reader);
    }
  }

  #step(reader: SectionReader): void {
    const code = reader.u8();
    const operand = code & 0x3f;
    switch (code >>> 6) {
      case 1:
        this.#advance(operand);
        return;
      case 2:
        this.#set(operand, { kind: 'offset', offset: reader.uleb() * this.#common.dataAlignment });
        return;
      case 3:
        this.#restore(operand);
        return;
      default:
        if (!this.#stepPlace(code, reader) && !this.#stepCfa(code, reader) && !this.#stepColumn(code, reader))
          throw new SymbolsError('symbols.damaged-image');
    }
  }

  /** What moves on, keeps or brings back. */
  #stepPlace(code: number, reader: SectionReader): boolean {
    switch (code) {
      case 0x00: // nop
      case 0x2d: // AArch64: the return address is signed from here on, or no more. It is stripped wherever it is read.
        return true;
      case 0x02:
        this.#advance(reader.u8());
        return true;
      case 0x03:
        this.#advance(reader.u16());
        return true;
      case 0x04:
        this.#advance(reader.u32());
        return true;
      case 0x0a:
        if (this.#saved.length >= STATES_MAX) return false;
        this.#saved.push({ cfa: this.#cfa, columns: new Map(this.#columns) });
        return true;
      case 0x0b: {
        const saved = this.#saved.pop();
        if (saved === undefined) return false;
        this.#cfa = saved.cfa;
        this.#columns = new Map(saved.columns);
        return true;
      }
      case 0x2e: // GNU: bytes of arguments
        reader.uleb();
        return true;
      default:
        return false;
    }
  }

  #stepCfa(code: number, reader: SectionReader): boolean {
    const scale = this.#common.dataAlignment;
    const register = this.#cfa?.kind === 'register' ? this.#cfa.register : null;
    const offset = this.#cfa?.kind === 'register' ? this.#cfa.offset : null;
    switch (code) {
      case 0x0c:
        this.#cfa = { kind: 'register', register: reader.uleb(), offset: reader.uleb() };
        return true;
      case 0x12:
        this.#cfa = { kind: 'register', register: reader.uleb(), offset: reader.sleb() * scale };
        return true;
      case 0x0d:
        if (offset !== null) this.#cfa = { kind: 'register', register: reader.uleb(), offset };
        return offset !== null;
      case 0x0e:
        if (register !== null) this.#cfa = { kind: 'register', register, offset: reader.uleb() };
        return register !== null;
      case 0x13:
        if (register !== null) this.#cfa = { kind: 'register', register, offset: reader.sleb() * scale };
        return register !== null;
      case 0x0f:
        this.#cfa = { kind: 'expression', expression: reader.bytes(reader.uleb()) };
        return true;
      default:
        return false;
    }
  }

  #stepColumn(code: number, reader: SectionReader): boolean {
    const kinds = { 0x07: 'undefined', 0x08: 'same' } as const;
    if (code === 0x06) return this.#restore(reader.uleb());
    if (code < 0x05 || (code > 0x16 && code !== 0x2f)) return false;
    const column = reader.uleb();
    const scale = this.#common.dataAlignment;
    if (code === 0x07 || code === 0x08) return this.#set(column, { kind: kinds[code] });
    if (code === 0x05) return this.#set(column, { kind: 'offset', offset: reader.uleb() * scale });
    if (code === 0x11) return this.#set(column, { kind: 'offset', offset: reader.sleb() * scale });
    if (code === 0x2f) return this.#set(column, { kind: 'offset', offset: -reader.uleb() * scale });
    if (code === 0x14) return this.#set(column, { kind: 'value-offset', offset: reader.uleb() * scale });
    if (code === 0x15) return this.#set(column, { kind: 'value-offset', offset: reader.sleb() * scale });
    if (code === 0x09) return this.#set(column, { kind: 'register', register: reader.uleb() });
    if (code === 0x10) return this.#set(column, { kind: 'expression', expression: reader.bytes(reader.uleb()) });
    if (code === 0x16) return this.#set(column, { kind: 'value-expression', expression: reader.bytes(reader.uleb()) });
    return false;
  }

  #advance(units: number): void {
    const by = units * this.#common.codeAlignment;
    if (by === 0) return;
    this.#emit(this.address, this.table);
    this.address += by;
  }

  #set(column: number, rule: ColumnRule): true {
    if (column < COLUMNS_MAX) this.#columns.set(column, rule);
    return true;
  }

  #restore(column: number): true {
    const rule = this.#initial?.columns.get(column);
    if (rule === undefined) this.#columns.delete(column);
    else this.#columns.set(column, rule);
    return true;
  }
}
