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

/** Random bytes that no filter of a detector turns away by chance: a control must not fail a job once in a thousand. */
export function random(length: number): Uint8Array {
  for (;;) {
    const bytes = randomBytes(length);
    if (isUsual(bytes)) return bytes;
  }
}

/** No limb, read either way, is near zero, near its top, or without a high bit. */
export function isUsual(bytes: Uint8Array): boolean {
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const limb = bytes.subarray(at, at + 8);
    const isExtreme = (byte: number | undefined) => byte === 0 || byte === 0xff;
    if (isExtreme(limb[0]) || isExtreme(limb[7]) || limb.every((byte) => byte < 0x80)) return false;
  }
  return true;
}
