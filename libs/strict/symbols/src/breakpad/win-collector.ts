import type { FormBuilder } from '../form/form-builder.js';
import type { WinRule } from '../unwind-rule.js';
import type { RecordCursor } from './record-cursor.js';
import { compileWinProgram } from './win-program.js';

/** What a range costs while it is held. */
const RANGE_BYTES = 64;
const ADDRESS_END = 0xffff_ffff;

interface Range {
  readonly start: number;
  readonly end: number;
  readonly rule: number;
}

/** STACK WIN records: frame data (type 4) and FPO (type 0). Where both describe an address, frame data is the better one. */
export class WinCollector {
  /** Programs of shapes that are not allowed. */
  droppedRules = 0;
  readonly #builder: FormBuilder;
  readonly #frameData: Range[] = [];
  readonly #fpo: Range[] = [];
  #fpoRanges: Range[] | null = null;
  #nextFpo = 0;

  constructor(builder: FormBuilder) {
    this.#builder = builder;
  }

  /** Reads a record after its `STACK WIN`; false where it is not one. */
  add(record: RecordCursor): boolean {
    const type = record.word();
    const [start, size] = [record.hex(), record.hex()];
    const [prologue, epilogue, parameterBytes] = [record.hex(), record.hex(), record.hex()];
    const [savedBytes, localBytes, maxStack] = [record.hex(), record.hex(), record.hex()];
    const hasProgram = record.word();
    if (type === null || hasProgram === null || start === null || size === null) return false;
    if (prologue === null || epilogue === null || maxStack === null) return false;
    if (parameterBytes === null || savedBytes === null || localBytes === null) return false;
    // Type and flag contradict each other at times; which is right cannot be known, and it is rare.
    if ((type === '4') !== (hasProgram === '1')) return true;
    if (size === 0 || start < 0 || size < 0 || start + size > ADDRESS_END) return true;
    const sizes = { parameterBytes, localBytes, savedBytes };
    if (Math.min(...Object.values(sizes)) < 0) return false;
    if (type === '4') this.#insert(this.#frameData, start, size, compileWinProgram(record.restLatin1(), sizes));
    else if (type === '0')
      this.#insert(this.#fpo, start, size, { kind: 'win-fpo', ...sizes, savesEbp: record.rest() === '1' });
    return true;
  }

  /** Hands all rules to the builder. */
  finish(): void {
    const frames = flatten(this.#frameData);
    let covered = 0;
    for (const frame of frames) {
      this.#addFpo(covered, frame.start);
      this.#builder.win.addRange(frame.start, frame.end, [{ address: frame.start, rule: frame.rule }]);
      covered = frame.end;
    }
    this.#addFpo(covered, ADDRESS_END);
  }

  #insert(ranges: Range[], start: number, size: number, rule: WinRule | null): void {
    if (rule === null) this.droppedRules++;
    const end = start + size;
    const last = ranges.at(-1);
    if (last !== undefined && start < last.end && last.start < end) {
      // PDBs give a true start, and as length what is left of the function: the next record ends the one before.
      if (start > last.start) ranges[ranges.length - 1] = { ...last, end: start };
      else if (start !== last.start || end !== last.end) return;
    }
    this.#builder.reserve(RANGE_BYTES);
    ranges.push({ start, end, rule: rule === null ? 0 : this.#builder.rule(rule) });
  }

  #addFpo(from: number, to: number): void {
    this.#fpoRanges ??= flatten(this.#fpo);
    for (let range = this.#fpoRanges[this.#nextFpo]; range !== undefined; range = this.#fpoRanges[this.#nextFpo]) {
      const [start, end] = [Math.max(range.start, from), Math.min(range.end, to)];
      if (start < end) this.#builder.win.addRange(start, end, [{ address: start, rule: range.rule }]);
      if (range.end > to) return;
      this.#nextFpo++;
    }
  }
}

/** Sorted; of two that overlap the one that begins first. */
function flatten(ranges: readonly Range[]): Range[] {
  let covered = 0;
  return [...ranges]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .filter((range) => {
      if (range.start < covered) return false;
      covered = range.end;
      return true;
    });
}
