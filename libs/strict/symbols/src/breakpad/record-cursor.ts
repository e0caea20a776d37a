const SPACE = 0x20;

/** Reads the fields of one record from its bytes. Every reader answers null where the field is not there or not of its kind. */
export class RecordCursor {
  readonly #line: Buffer;
  #at: number;

  constructor(line: Uint8Array, at = 0) {
    this.#line = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
    this.#at = at;
  }

  get atEnd(): boolean {
    return this.#at >= this.#line.length;
  }

  /** Takes `word` and the spaces after it, if it stands here as a whole. */
  keyword(word: string): boolean {
    const end = this.#at + word.length;
    if (this.#line.length < end || this.#line.toString('latin1', this.#at, end) !== word) return false;
    if (end < this.#line.length && this.#line[end] !== SPACE) return false;
    this.#at = end;
    this.#skipSpaces();
    return true;
  }

  /** A hexadecimal number below 2^53 of at most 16 digits; -1 for a larger one. */
  hex(): number | null {
    const from = this.#at;
    let value = 0;
    for (let digit = hexDigit(this.#line[this.#at]); digit >= 0; digit = hexDigit(this.#line[++this.#at]))
      value = value * 16 + digit;
    const digits = this.#at - from;
    if (digits === 0 || digits > 16 || !this.#endField()) return null;
    return value > Number.MAX_SAFE_INTEGER ? -1 : value;
  }

  /** A decimal number below 2^32. */
  decimal(): number | null {
    const from = this.#at;
    let value = 0;
    for (let digit = decimalDigit(this.#line[this.#at]); digit >= 0; digit = decimalDigit(this.#line[++this.#at]))
      value = value * 10 + digit;
    const digits = this.#at - from;
    if (digits === 0 || digits > 10 || value > 0xffff_ffff || !this.#endField()) return null;
    return value;
  }

  word(): string | null {
    const end = this.#line.indexOf(SPACE, this.#at);
    const stop = end < 0 ? this.#line.length : end;
    if (stop === this.#at) return null;
    const word = this.#line.toString('utf8', this.#at, stop);
    this.#at = stop;
    this.#skipSpaces();
    return word;
  }

  rest(): string {
    const rest = this.#line.toString('utf8', this.#at);
    this.#at = this.#line.length;
    return rest;
  }

  /** The rest byte by byte: cheaper, for what is ASCII or refused. */
  restLatin1(): string {
    const rest = this.#line.toString('latin1', this.#at);
    this.#at = this.#line.length;
    return rest;
  }

  #endField(): boolean {
    if (this.atEnd) return true;
    if (this.#line[this.#at] !== SPACE) return false;
    this.#skipSpaces();
    return true;
  }

  #skipSpaces(): void {
    while (this.#line[this.#at] === SPACE) this.#at++;
  }
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function decimalDigit(byte: number | undefined): number {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : -1;
}
