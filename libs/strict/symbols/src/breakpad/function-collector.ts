import type { FormBuilder } from '../form/form-builder.js';
import type { NameReference } from '../form/name-reference.js';
import type { InlineRow, LineRow } from '../form/place-codec.js';
import { DenseNumbers } from './dense-numbers.js';
import type { RecordCursor } from './record-cursor.js';

const ADDRESS_END = 0xffff_ffff;
/** Lines and inlines that one function may have. */
const ROWS_MAX = 200_000;

interface OpenFunction {
  readonly address: number;
  readonly size: number;
  readonly parameterBytes: number;
  readonly name: NameReference;
  readonly lines: LineRow[];
  readonly inlines: InlineRow[];
}

/** FUNC records with the lines and inlines that follow each, PUBLIC, FILE and INLINE_ORIGIN. All readers answer false for what is not such a record. */
export class FunctionCollector {
  /** Records whose addresses do not fit a module. */
  outOfRange = 0;
  readonly #builder: FormBuilder;
  readonly #files: DenseNumbers;
  readonly #origins: DenseNumbers;
  #open: OpenFunction | null = null;

  constructor(builder: FormBuilder) {
    this.#builder = builder;
    this.#files = new DenseNumbers(builder);
    this.#origins = new DenseNumbers(builder);
  }

  addFunction(record: RecordCursor): boolean {
    this.closeFunction();
    record.keyword('m');
    const [address, size, parameterBytes] = [record.hex(), record.hex(), record.hex()];
    if (address === null || size === null || parameterBytes === null) return false;
    if (size === 0) return true;
    if (!this.#fits(address, size) || parameterBytes < 0) return true;
    const name = this.#builder.name(record.rest());
    this.#open = { address, size, parameterBytes: parameterBytes % 0x1_0000_0000, name, lines: [], inlines: [] };
    return true;
  }

  addLine(record: RecordCursor): boolean {
    const [address, size, line, file] = [record.hex(), record.hex(), record.decimal(), record.decimal()];
    if (address === null || size === null || line === null || file === null || !record.atEnd()) return false;
    if (this.#open === null || size === 0 || !this.#fits(address, size)) return true;
    if (this.#open.lines.length < ROWS_MAX) this.#open.lines.push({ address, size, line, file: this.#files.of(file) });
    return true;
  }

  addInline(record: RecordCursor): boolean {
    const [depth, callLine, callFile, origin] = [
      record.decimal(),
      record.decimal(),
      record.decimal(),
      record.decimal(),
    ];
    if (depth === null || callLine === null || callFile === null || origin === null || record.atEnd()) return false;
    const call = { depth, callLine, callFile: this.#files.of(callFile), origin: this.#origins.of(origin) };
    while (!record.atEnd()) {
      const [address, size] = [record.hex(), record.hex()];
      if (address === null || size === null) return false;
      if (this.#open === null || size === 0 || !this.#fits(address, size)) continue;
      if (this.#open.inlines.length < ROWS_MAX) this.#open.inlines.push({ ...call, address, size });
    }
    return true;
  }

  addPublic(record: RecordCursor): boolean {
    this.closeFunction();
    record.keyword('m');
    const [address, parameterBytes] = [record.hex(), record.hex()];
    if (address === null || parameterBytes === null) return false;
    if (!this.#fits(address, 1) || parameterBytes < 0) return true;
    const sortKey = record.rest();
    const name = this.#builder.name(sortKey);
    this.#builder.addPublic({ address, parameterBytes: parameterBytes % 0x1_0000_0000, name, sortKey });
    return true;
  }

  addFile(record: RecordCursor): boolean {
    this.closeFunction();
    const file = record.decimal();
    if (file === null) return false;
    this.#builder.setFile(this.#files.of(file), record.rest());
    return true;
  }

  /** May stand between the lines of a function. */
  addOrigin(record: RecordCursor): boolean {
    const origin = record.decimal();
    if (origin === null) return false;
    this.#builder.setOrigin(this.#origins.of(origin), record.rest());
    return true;
  }

  closeFunction(): void {
    if (this.#open !== null) this.#builder.addFunction(this.#open);
    this.#open = null;
  }

  #fits(address: number, size: number): boolean {
    const fits = address >= 0 && size >= 0 && address + size <= ADDRESS_END;
    if (!fits) this.outOfRange++;
    return fits;
  }
}
