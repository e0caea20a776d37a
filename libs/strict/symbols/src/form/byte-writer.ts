import { SymbolsError } from '../symbols-error.js';

const CHUNK = 1 << 20;
const FIRST_CHUNK = 512;

/** Bytes that grow by chunks, under a budget that several writers share. */
export class ByteWriter {
  #chunk = new Uint8Array(FIRST_CHUNK);
  #used = 0;
  #length = 0;
  readonly #done: Uint8Array[] = [];
  readonly #budget: ByteBudget;

  constructor(budget: ByteBudget) {
    this.#budget = budget;
  }

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    if (this.#used === this.#chunk.length) this.#grow(1);
    this.#chunk[this.#used++] = value;
    this.#length++;
  }

  /** LEB128 of a number from 0 below 2^53. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** A signed number: 0, -1, 1, -2… as 0, 1, 2, 3… */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  u32(value: number): void {
    this.byte(value & 0xff);
    this.byte((value >>> 8) & 0xff);
    this.byte((value >>> 16) & 0xff);
    this.byte(value >>> 24);
  }

  bytes(value: Uint8Array): void {
    let at = 0;
    while (at < value.length) {
      if (this.#used === this.#chunk.length) this.#grow(value.length - at);
      const take = Math.min(value.length - at, this.#chunk.length - this.#used);
      this.#chunk.set(value.subarray(at, at + take), this.#used);
      this.#used += take;
      this.#length += take;
      at += take;
    }
  }

  chunks(): Uint8Array[] {
    return [...this.#done, this.#chunk.subarray(0, this.#used)];
  }

  #grow(wanted: number): void {
    this.#done.push(this.#chunk);
    const size = Math.min(CHUNK, Math.max(this.#chunk.length * 2, wanted));
    this.#budget.take(size);
    this.#chunk = new Uint8Array(size);
    this.#used = 0;
  }
}

/** What a conversion may hold at once; beyond it `symbols.too-large`. */
export class ByteBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw new SymbolsError('symbols.too-large');
  }
}
