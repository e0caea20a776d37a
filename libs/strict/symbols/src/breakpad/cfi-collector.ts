import type { FormBuilder } from '../form/form-builder.js';
import type { RegisterFile } from '../register-file.js';
import { CfiCompiler, type CfiState } from './cfi-compiler.js';
import type { RecordCursor } from './record-cursor.js';

const ADDRESS_END = 0xffff_ffff;
/** Steps that one range may have. */
const STEPS_MAX = 100_000;

interface OpenRange {
  readonly start: number;
  readonly end: number;
  readonly first: string;
  readonly steps: { readonly address: number; readonly rules: string }[];
}

/** STACK CFI records: a range with its first rules (INIT), and steps that follow it. */
export class CfiCollector {
  /** Null for a CPU that we do not unwind: its ranges are passed over. */
  readonly #compiler: CfiCompiler | null;
  readonly #builder: FormBuilder;
  #open: OpenRange | null = null;
  /** An INIT came and nothing but steps since. */
  #inRange = false;

  constructor(builder: FormBuilder, registers: RegisterFile | null) {
    this.#builder = builder;
    this.#compiler = registers === null ? null : new CfiCompiler(registers, builder);
  }

  get droppedRules(): number {
    return this.#compiler?.droppedRules ?? 0;
  }

  /** Reads a record after its `STACK CFI`; false where it is not one. */
  add(record: RecordCursor): boolean {
    if (record.keyword('INIT')) return this.#addRange(record);
    const address = record.hex();
    if (address === null || !this.#inRange) return false;
    const rules = record.restLatin1();
    const steps = this.#open?.steps;
    if (address >= 0 && steps !== undefined && steps.length < STEPS_MAX) steps.push({ address, rules });
    return true;
  }

  closeRange(): void {
    const [open, compiler] = [this.#open, this.#compiler];
    this.#open = null;
    this.#inRange = false;
    if (open === null || compiler === null) return;
    this.#builder.cfi.addRange(open.start, open.end, compileRange(open, compiler));
  }

  #addRange(record: RecordCursor): boolean {
    this.closeRange();
    const [start, size] = [record.hex(), record.hex()];
    if (start === null || size === null) return false;
    this.#inRange = true;
    if (size <= 0 || start < 0 || start + size > ADDRESS_END) return true;
    this.#open = { start, end: start + size, first: record.restLatin1(), steps: [] };
    return true;
  }
}

function compileRange(range: OpenRange, compiler: CfiCompiler): { address: number; rule: number }[] {
  const { steps, start } = range;
  if (steps.some((step, i) => i > 0 && step.address <= (steps[i - 1]?.address ?? 0)))
    steps.sort((a, b) => a.address - b.address || (a.rules < b.rules ? -1 : a.rules > b.rules ? 1 : 0));
  let state: CfiState | null = compiler.step(compiler.start, range.first);
  const rows = [{ address: start, rule: state?.reference ?? 0 }];
  for (const { address, rules } of steps) {
    state = state === null ? null : compiler.step(state, rules);
    const rule = state?.reference ?? 0;
    const last = rows.at(-1);
    // A step before the range holds in all of it.
    if (last !== undefined && address <= last.address) last.rule = rule;
    else rows.push({ address, rule });
  }
  return rows;
}
