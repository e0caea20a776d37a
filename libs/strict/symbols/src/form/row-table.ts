import type { ByteBudget } from './byte-writer.js';
import { U32Column } from './u32-column.js';

/** From `address` on, up to the next row, `rule` holds; 0 = none. */
export interface UnwindRow {
  readonly address: number;
  readonly rule: number;
  /** The address is the first of its range. */
  readonly atEntry: boolean;
}

/** Ranges of addresses, each with rows; flattened to one sorted list. Of two ranges that overlap the one that begins first is kept. */
export class RowTable {
  readonly #starts: U32Column;
  readonly #ends: U32Column;
  readonly #firstRow: U32Column;
  readonly #addresses: U32Column;
  readonly #rules: U32Column;

  constructor(budget: ByteBudget) {
    this.#starts = new U32Column(budget);
    this.#ends = new U32Column(budget);
    this.#firstRow = new U32Column(budget);
    this.#addresses = new U32Column(budget);
    this.#rules = new U32Column(budget);
  }

  /** `rows` are sorted by address, the first at `start`. Rows at or past `end` are of no effect. */
  addRange(start: number, end: number, rows: readonly { readonly address: number; readonly rule: number }[]): void {
    this.#starts.push(start);
    this.#ends.push(end);
    this.#firstRow.push(this.#addresses.length);
    for (const row of rows) {
      this.#addresses.push(row.address);
      this.#rules.push(row.rule);
    }
  }

  forEachRow(emit: (row: UnwindRow) => void): void {
    let covered = 0;
    let open = false;
    for (const range of this.#inOrder()) {
      const start = this.#starts.at(range);
      const end = this.#ends.at(range);
      if (start < covered) continue;
      if (open && start > covered) emit({ address: covered, rule: 0, atEntry: false });
      const rowEnd = range + 1 < this.#firstRow.length ? this.#firstRow.at(range + 1) : this.#addresses.length;
      for (let row = this.#firstRow.at(range); row < rowEnd; row++) {
        const address = this.#addresses.at(row);
        if (address < end) emit({ address, rule: this.#rules.at(row), atEntry: address === start });
      }
      covered = end;
      open = true;
    }
    if (open) emit({ address: covered, rule: 0, atEntry: false });
  }

  #inOrder(): Uint32Array {
    const order = Uint32Array.from({ length: this.#starts.length }, (_, i) => i);
    return order.sort(
      (a, b) => this.#starts.at(a) - this.#starts.at(b) || this.#ends.at(a) - this.#ends.at(b) || a - b,
    );
  }
}
