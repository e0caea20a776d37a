/**
 * Reads the strings of some names at the top level of a MessagePack map, and steps over everything else without building
 * it. Null where the bytes are no such map, or end too early, or nest too deep. Source: msgpack specification, "Formats".
 */
export function readTopLevelStrings(bytes: Buffer, names: readonly string[]): ReadonlyMap<string, string> | null {
  const reader = new Reader(bytes);
  const found = new Map<string, string>();
  try {
    for (let left = reader.mapLength(); left > 0; left--) {
      const name = reader.stringOrSkip();
      const value = reader.stringOrSkip();
      if (name !== null && value !== null && names.includes(name)) found.set(name, value);
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  return found;
}

const MAX_DEPTH = 32;
/** Bytes behind the type byte, for types of a fixed size: nil, booleans, numbers, fixext. */
const FIXED: Readonly<Record<number, number>> = {
  ...{ 0xc0: 0, 0xc2: 0, 0xc3: 0, 0xca: 4, 0xcb: 8, 0xcc: 1, 0xcd: 2, 0xce: 4, 0xcf: 8 },
  ...{ 0xd0: 1, 0xd1: 2, 0xd2: 4, 0xd3: 8, 0xd4: 2, 0xd5: 3, 0xd6: 5, 0xd7: 9, 0xd8: 17 },
};
/** Width of the length field, and bytes between it and the content: bin, ext, str. */
const SIZED: Readonly<Record<number, readonly [width: number, extra: number]>> = {
  ...{ 0xc4: [1, 0], 0xc5: [2, 0], 0xc6: [4, 0] },
  ...{ 0xc7: [1, 1], 0xc8: [2, 1], 0xc9: [4, 1] },
  ...{ 0xd9: [1, 0], 0xda: [2, 0], 0xdb: [4, 0] },
};

/** A read beyond the end is Node's own RangeError; so is ours for what the format does not have. */
class Reader {
  #at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  mapLength(): number {
    const type = this.#unsigned(1);
    if (type >> 4 === 0x8) return type & 0x0f;
    if (type === 0xde) return this.#unsigned(2);
    if (type === 0xdf) return this.#unsigned(4);
    throw new RangeError('no map');
  }

  stringOrSkip(): string | null {
    const type = this.#bytes.readUInt8(this.#at);
    if (type >> 5 === 0b101) return this.#text(1, type & 0x1f);
    const width = { 0xd9: 1, 0xda: 2, 0xdb: 4 }[type];
    if (width === undefined) {
      this.#skip(0);
      return null;
    }
    return this.#text(1 + width, this.#bytes.readUIntBE(this.#at + 1, width));
  }

  #text(headBytes: number, length: number): string {
    this.#at += headBytes;
    return this.#take(length).toString('utf8');
  }

  #skip(depth: number): void {
    if (depth > MAX_DEPTH) throw new RangeError('too deep');
    const type = this.#unsigned(1);
    if (type < 0x80 || type >= 0xe0) return;
    if (type < 0x90) this.#skipMany(2 * (type & 0x0f), depth);
    else if (type < 0xa0) this.#skipMany(type & 0x0f, depth);
    else if (type < 0xc0) this.#take(type & 0x1f);
    else if (type === 0xdc || type === 0xdd) this.#skipMany(this.#unsigned(type === 0xdc ? 2 : 4), depth);
    else if (type === 0xde || type === 0xdf) this.#skipMany(2 * this.#unsigned(type === 0xde ? 2 : 4), depth);
    else this.#skipScalar(type);
  }

  #skipScalar(type: number): void {
    const sized = SIZED[type];
    const length = sized ? this.#unsigned(sized[0]) + sized[1] : FIXED[type];
    if (length === undefined) throw new RangeError('no type');
    this.#take(length);
  }

  #skipMany(count: number, depth: number): void {
    // Each element has a byte at least: a count beyond the end is a lie, found before the loop.
    if (count > this.#bytes.length - this.#at) throw new RangeError('count');
    for (let left = count; left > 0; left--) this.#skip(depth + 1);
  }

  #unsigned(width: number): number {
    const value = this.#bytes.readUIntBE(this.#at, width);
    this.#at += width;
    return value;
  }

  #take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new RangeError('end');
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }
}
