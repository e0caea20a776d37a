import { ByteWriter } from './byte-writer.js';

export interface Placed {
  readonly rva: number;
  readonly size: number;
}

const MAX_STREAMS = 32;

/** The file: header, directory, and pieces in the order in which they are written. */
export class DumpLayout {
  readonly #out: ByteWriter;
  #streams = 0;

  constructor(littleEndian: boolean, crashedAt: number) {
    this.#out = new ByteWriter(littleEndian);
    this.#out
      .u32(0x504d_444d, 0xa793, 0, 32, 0, crashedAt)
      .u64(0n)
      .zeros(MAX_STREAMS * 12);
  }

  get littleEndian(): boolean {
    return this.#out.littleEndian;
  }

  /** Bytes that something will point to. */
  blob(bytes: Uint8Array): Placed {
    return this.#place((out) => out.bytes(bytes));
  }

  /** MINIDUMP_STRING; gives its place. */
  utf16(text: string): number {
    const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    return this.#place((out) => {
      out.u32(units.length * 2);
      for (const unit of [...units, 0]) out.u16(unit);
    }).rva;
  }

  /** Crashpad's UTF-8 string; gives its place. */
  utf8(text: string): number {
    const bytes = new TextEncoder().encode(text);
    return this.#place((out) => out.u32(bytes.length).bytes(bytes).u8(0)).rva;
  }

  record(write: (out: ByteWriter) => void): Placed {
    return this.#place(write);
  }

  stream(type: number, write: (out: ByteWriter) => void): void {
    if (this.#streams === MAX_STREAMS) throw new TypeError('too many streams');
    const { rva, size } = this.#place(write);
    this.#out.patchU32(32 + this.#streams * 12, type, size, rva);
    this.#streams++;
  }

  finish(): Uint8Array {
    this.#out.patchU32(8, this.#streams);
    return this.#out.finish();
  }

  #place(write: (out: ByteWriter) => void): Placed {
    const rva = this.#out.align(4).length;
    write(this.#out);
    return { rva, size: this.#out.length - rva };
  }
}
