/** Blocks of symbol forms by key; what was not used for longest goes first. */
export class BlockCache {
  readonly #limit: number;
  readonly #blocks = new Map<string, Uint8Array>();
  #bytes = 0;

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Uint8Array | null {
    const bytes = this.#blocks.get(key);
    if (bytes === undefined) return null;
    this.#blocks.delete(key);
    this.#blocks.set(key, bytes);
    return bytes;
  }

  set(key: string, bytes: Uint8Array): void {
    this.#bytes += bytes.length - (this.#blocks.get(key)?.length ?? 0);
    this.#blocks.delete(key);
    this.#blocks.set(key, bytes);
    for (const [oldest, { length }] of this.#blocks) {
      if (this.#bytes <= this.#limit) return;
      this.#blocks.delete(oldest);
      this.#bytes -= length;
    }
  }
}
