const LINE_BYTES_MAX = 256 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Cuts a stream into lines, without their ends. A line longer than 256 KiB is passed over, counted and never held: symbol
 * files of templates have names of 80 KB, and hostile ones have one line of a gigabyte. The views die with the next call.
 */
export class LineSplitter {
  longLines = 0;
  #held: Uint8Array = new Uint8Array(0);
  #skipping = false;

  *push(chunk: Uint8Array): Generator<Uint8Array> {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      const line = this.#join(chunk.subarray(from, end));
      if (line !== null) yield withoutReturns(line);
      from = end + 1;
    }
    this.#hold(chunk.subarray(from));
  }

  *end(): Generator<Uint8Array> {
    const line = this.#join(new Uint8Array(0));
    if (line !== null && line.length > 0) yield withoutReturns(line);
  }

  #join(tail: Uint8Array): Uint8Array | null {
    const skipped = this.#skipping || this.#held.length + tail.length > LINE_BYTES_MAX;
    const line = this.#held.length === 0 ? tail : Buffer.concat([this.#held, tail]);
    this.#held = new Uint8Array(0);
    this.#skipping = false;
    if (skipped) this.longLines++;
    return skipped ? null : line;
  }

  #hold(tail: Uint8Array): void {
    if (this.#skipping || tail.length === 0) return;
    if (this.#held.length + tail.length > LINE_BYTES_MAX) {
      this.#skipping = true;
      this.#held = new Uint8Array(0);
    } else {
      this.#held = Buffer.concat([this.#held, tail]);
    }
  }
}

/** dump_syms on Windows has written several carriage returns before a line feed. */
function withoutReturns(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && line[end - 1] === CR) end--;
  return line.subarray(0, end);
}
