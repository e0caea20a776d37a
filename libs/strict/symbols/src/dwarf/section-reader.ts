import { SymbolsError } from '../symbols-error.js';

/**
 * Reads one section of a little-endian image. A read past its end throws `symbols.damaged-image`, which who reads a unit or an entry
 * catches. Numbers of 2^53 and more come out inexact: no address or place that is of use is so large.
 */
export class SectionReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    if (at < 0 || end > bytes.length || at > end) throw new SymbolsError('symbols.damaged-image');
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
    this.#end = end;
  }

  get position(): number {
    return this.#at;
  }

  atEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** The same section from `at` on, up to `end`. */
  from(at: number, end = this.#end): SectionReader {
    return new SectionReader(this.#bytes, at, end);
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  i8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u24(): number {
    return this.u16() + this.u8() * 0x1_0000;
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  u64(): number {
    const at = this.#take(8);
    return this.#view.getUint32(at + 4, true) * 2 ** 32 + this.#view.getUint32(at, true);
  }

  i64(): number {
    const at = this.#take(8);
    return this.#view.getInt32(at + 4, true) * 2 ** 32 + this.#view.getUint32(at, true);
  }

  /** An address or place of 4 or 8 bytes. */
  word(bytes: number): number {
    if (bytes === 8) return this.u64();
    if (bytes === 4) return this.u32();
    throw new SymbolsError('symbols.damaged-image');
  }

  uleb(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    throw new SymbolsError('symbols.damaged-image');
  }

  sleb(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return (byte & 0x40) === 0 ? value : value - scale;
    }
    throw new SymbolsError('symbols.damaged-image');
  }

  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** A text that ends in a zero byte. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0 || end > this.#end) throw new SymbolsError('symbols.damaged-image');
    const text = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, end - this.#at).toString();
    this.#at = end + 1;
    return text;
  }

  skipText(): void {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0 || end > this.#end) throw new SymbolsError('symbols.damaged-image');
    this.#at = end + 1;
  }

  #take(length: number): number {
    const at = this.#at;
    if (!(length >= 0) || length > this.#end - at) throw new SymbolsError('symbols.damaged-image');
    this.#at = at + length;
    return at;
  }
}

/** Reads what may be damaged: null where it is. */
export function unlessDamaged<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SymbolsError && error.code === 'symbols.damaged-image') return null;
    throw error;
  }
}
