import { randomBytes } from 'node:crypto';

/** Writes a heap as allocators leave it: each thing after a header that says how long it is. */
export class ControlLayout {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** At a multiple of 16, with the size before it as glibc writes it. */
  heap(...contents: readonly Uint8Array[]): void {
    for (const content of contents) {
      this.#align(16);
      const header = Buffer.alloc(16);
      header.writeUInt32LE(content.length + 17, 8);
      this.#push(header);
      this.#push(content);
      this.#push(new Uint8Array(8));
    }
  }

  /** At an odd place. */
  unaligned(content: Uint8Array): void {
    this.#align(16);
    this.#push(Buffer.from('secret:'));
    this.#push(content);
    this.#push(new Uint8Array(2));
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }

  #align(to: number): void {
    this.#push(new Uint8Array((to - (this.#length % to)) % to));
  }

  #push(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }
}

export function limbs(big: Uint8Array): Uint8Array {
  return Uint8Array.from(big).reverse();
}

export const random = (length: number): Uint8Array => randomBytes(length);
