/** One line on standard error that says how far a file is; nothing where nobody watches. */
export class Progress {
  readonly #isShown = process.stderr.isTTY;
  #lastPercent = -1;

  /** Passes pieces on while it counts them against `total` bytes. */
  async *of(
    label: string,
    total: number,
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const piece of pieces) {
      yield piece;
      bytes += piece.length;
      this.#show(label, total === 0 ? 100 : Math.min(100, Math.floor((bytes * 100) / total)));
    }
  }

  say(text: string): void {
    if (this.#isShown) process.stderr.write(`\r\u001b[2K${text}`);
  }

  clear(): void {
    if (this.#isShown) process.stderr.write('\r\u001b[2K');
  }

  #show(label: string, percent: number): void {
    if (percent !== this.#lastPercent) this.say(`${label}  ${percent} %`);
    this.#lastPercent = percent;
  }
}
