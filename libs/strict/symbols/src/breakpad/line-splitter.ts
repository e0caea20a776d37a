const LINE_BYTES_MAX = 256 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/** A line's bytes lie from `from` up to `to`; they are gone when the handler returns. */
export type LineHandler = (bytes: Buffer, from: number, to: number) => void;

/**
 * Cuts a stream into lines, without their ends. A line longer than 256 KiB is passed over, counted and never held: symbol
 * files of templates have names of 80 KB, and hostile ones have one line of a gigabyte.
 */
export class LineSplitter {
  longLines = 0;
  #held: Buffer = Buffer.alloc(0);
  #skipping = false;

  push(chunk: Uint8Array, handle: LineHandler): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      if (this.#held.length > 0 || this.#skipping) this.#joined(bytes.subarray(from, end), handle);
      else this.#whole(bytes, from, end, handle);
      from = end + 1;
    }
    if (from < bytes.length) this.#hold(bytes.subarray(from));
  }

  end(handle: LineHandler): void {
    if (this.#held.length > 0 || this.#skipping) this.#joined(Buffer.alloc(0), handle);
  }

  #whole(bytes: Buffer, from: number, end: number, handle: LineHandler): void {
    if (end - from > LINE_BYTES_MAX) {
      this.longLines++;
      return;
    }
    // dump_syms on Windows has written several carriage returns before a line feed.
    let to = end;
    while (to > from && bytes[to - 1] === CR) to--;
    if (to > from) handle(bytes, from, to);
  }

  #joined(tail: Buffer, handle: LineHandler): void {
    const isTooLong = this.#skipping || this.#held.length + tail.length > LINE_BYTES_MAX;
    const line = isTooLong ? null : Buffer.concat([this.#held, tail]);
    this.#held = Buffer.alloc(0);
    this.#skipping = false;
    if (line === null) this.longLines++;
    else this.#whole(line, 0, line.length, handle);
  }

  #hold(tail: Buffer): void {
    if (this.#skipping) return;
    if (this.#held.length + tail.length > LINE_BYTES_MAX) {
      this.#skipping = true;
      this.#held = Buffer.alloc(0);
    } else {
      this.#held = Buffer.concat([this.#held, tail]);
    }
  }
}
