const SPACE = 0x20;

/** Reads the fields of one record after another. Every reader answers null where the field is not there or not of its kind. */
export class RecordCursor {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #end = 0;

  begin(bytes: Buffer, from: number, to: number): void {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  atEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** The byte that stands here; NaN at the end. */
  get next(): number {
    return this.atEnd() ? NaN : (this.#bytes[this.#at] ?? NaN);
  }

  /** Takes `word` and the spaces after it, if it stands here as a whole. */
  keyword(word: string): boolean {
    const end = this.#at + word.length;
    if (end > this.#end || (end < this.#end && this.#bytes[end] !== SPACE)) return false;
    for (let i = 0; i < word.length; i++) if (this.#bytes[this.#at + i] !== word.charCodeAt(i)) return false;
    this.#at = end;
    this.#skipSpaces();
    return true;
  }

  /** A hexadecimal number of at most 16 digits; -1 for one of 2^53 or more. */
  hex(): number | null {
    const from = this.#at;
    let value = 0;
    for (let digit = hexDigit(this.next); digit >= 0; digit = hexDigit(this.next)) {
      value = value * 16 + digit;
      this.#at++;
    }
    const digits = this.#at - from;
    if (digits === 0 || digits > 16 || !this.#endField()) return null;
    return value > Number.MAX_SAFE_INTEGER ? -1 : value;
  }

  /** A decimal number below 2^32. */
  decimal(): number | null {
    const from = this.#at;
    let value = 0;
    for (let digit = this.next - 0x30; digit >= 0 && digit <= 9; digit = this.next - 0x30) {
      value = value * 10 + digit;
      this.#at++;
    }
    const digits = this.#at - from;
    if (digits === 0 || digits > 10 || value > 0xffff_ffff || !this.#endField()) return null;
    return value;
  }

  word(): string | null {
    const from = this.#at;
    while (!this.atEnd() && this.#bytes[this.#at] !== SPACE) this.#at++;
    if (this.#at === from) return null;
    const word = this.#bytes.toString('utf8', from, this.#at);
    this.#skipSpaces();
    return word;
  }

  rest(): string {
    const from = this.#at;
    this.#at = this.#end;
    return this.#bytes.toString('utf8', from, this.#end);
  }

  /** The rest byte by byte: cheaper, for what is ASCII or refused. */
  restLatin1(): string {
    const from = this.#at;
    this.#at = this.#end;
    return this.#bytes.toString('latin1', from, this.#end);
  }

  #endField(): boolean {
    if (this.atEnd()) return true;
    if (this.#bytes[this.#at] !== SPACE) return false;
    this.#skipSpaces();
    return true;
  }

  #skipSpaces(): void {
    while (this.#at < this.#end && this.#bytes[this.#at] === SPACE) this.#at++;
  }
}

/** -1 for what is no digit. */
function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
