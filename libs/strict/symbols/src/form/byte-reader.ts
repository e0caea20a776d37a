import { SymbolsError } from '../symbols-error.js';

/** A cursor over bytes of a form. Forms are stored: what is read from one is checked as if it were hostile. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new SymbolsError('symbols.damaged-form');
    this.#at++;
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 7; i++) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new SymbolsError('symbols.damaged-form');
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  u32(): number {
    return this.byte() + this.byte() * 0x100 + this.byte() * 0x10000 + this.byte() * 0x1000000;
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new SymbolsError('symbols.damaged-form');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
