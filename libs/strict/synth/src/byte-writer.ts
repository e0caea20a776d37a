/** Bytes that grow, in one byte order. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(readonly littleEndian: boolean) {}

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, this.littleEndian);
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.#grow(4);
      this.#view.setUint32(at, value >>> 0, this.littleEndian);
    }
    return this;
  }

  u64(...values: readonly bigint[]): this {
    for (const value of values) {
      const at = this.#grow(8);
      this.#view.setBigUint64(at, BigInt.asUintN(64, value), this.littleEndian);
    }
    return this;
  }

  bytes(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  zeros(count: number): this {
    this.#grow(count);
    return this;
  }

  align(to: number): this {
    return this.zeros((to - (this.#length % to)) % to);
  }

  /** Overwrites what was written at `at`. */
  patchU32(at: number, ...values: readonly number[]): void {
    values.forEach((value, i) => {
      this.#view.setUint32(at + i * 4, value >>> 0, this.littleEndian);
    });
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Makes room first: growing replaces the buffer. */
  #grow(by: number): number {
    const at = this.#length;
    this.#length += by;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}
