/**
 * Reads fields of one piece of a dump in order. All hostile numbers end here: a read past the piece's end throws
 * `PieceTooShort`, which no parser lets out: whoever reads a stream or a note turns it into a problem and goes on without the rest.
 */
export class Cursor {
  readonly #view: DataView;
  readonly #littleEndian: boolean;
  #at = 0;

  constructor(
    readonly bytes: Uint8Array,
    littleEndian: boolean,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = littleEndian;
  }

  get position(): number {
    return this.#at;
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }

  /** Steps to `position`, counted from the piece's start. */
  seek(position: number): void {
    if (position < 0 || position > this.bytes.length) throw new PieceTooShort();
    this.#at = position;
  }

  skip(bytes: number): void {
    this.seek(this.#at + bytes);
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), this.#littleEndian);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), this.#littleEndian);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), this.#littleEndian);
  }

  /** A u64 that counts or places something in the file: above 2^53 it is Infinity, which no file has room for. */
  size64(): number {
    const at = this.#take(8);
    const first = this.#view.getUint32(at, this.#littleEndian);
    const second = this.#view.getUint32(at + 4, this.#littleEndian);
    const value = this.#littleEndian ? second * 2 ** 32 + first : first * 2 ** 32 + second;
    return value <= Number.MAX_SAFE_INTEGER ? value : Infinity;
  }

  take(length: number): Uint8Array {
    const at = this.#take(length);
    return this.bytes.subarray(at, at + length);
  }

  /** How many of `count` records of `bytes` each the rest of this piece has room for. Ask before any allocation. */
  roomFor(count: number, bytes: number): number {
    return Math.min(count, Math.floor(this.left / bytes));
  }

  #take(length: number): number {
    const at = this.#at;
    if (!(length >= 0) || length > this.bytes.length - at) throw new PieceTooShort();
    this.#at = at + length;
    return at;
  }
}

/** A piece ended before its fields did. Caught inside each parser. */
export class PieceTooShort extends Error {
  override readonly name = 'PieceTooShort';
}
