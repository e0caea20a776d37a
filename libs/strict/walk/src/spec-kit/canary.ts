import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';

const WINDOW_BYTES = 6;

/** Random bytes, and every spelling of every window of six of them. */
export class Canary {
  readonly bytes = randomBytes(32);
  readonly #spellings: readonly string[];

  constructor() {
    this.#spellings = [this.bytes, Buffer.from(this.bytes).reverse()].flatMap((bytes) =>
      Array.from({ length: bytes.length - WINDOW_BYTES + 1 }, (_, at) =>
        spellings(bytes.subarray(at, at + WINDOW_BYTES)),
      ).flat(),
    );
  }

  /** As words of a stack or registers. */
  words(): bigint[] {
    return Array.from({ length: 4 }, (_, i) => this.bytes.readBigUInt64LE(i * 8));
  }

  /** True where any spelling of any window stands in `text`. */
  isIn(text: string): boolean {
    const lower = text.toLowerCase();
    return this.#spellings.some((spelling) => text.includes(spelling) || lower.includes(spelling));
  }
}

function spellings(window: Uint8Array): string[] {
  const bytes = Buffer.from(window);
  const hex = bytes.toString('hex');
  const utf16 = Buffer.from(bytes.toString('latin1'), 'utf16le').toString('latin1');
  // Six bytes are eight digits where they begin a group; one or two bytes later the outermost digits share bits with neighbours.
  const base64 = [0, 1, 2].map((shift) => {
    const digits = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return digits.slice(shift === 0 ? 0 : shift + 1, shift === 0 ? 8 : 8 + shift - 1);
  });
  return [bytes.toString('latin1'), utf16, hex, ...base64];
}
