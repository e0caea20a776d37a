import { type ByteSource, isRangeOf, SnapshotError } from '@crashkeep/snapshot';
import { BLOCK_BYTES } from '../wire/limits.js';
import type { SymbolSource } from './async-range-source.js';
import type { BlockCache } from './block-cache.js';

/** A look-up needs blocks that are not here yet: fetch what `takeMissing` tells, and look up again. */
export class BlocksMissing extends Error {
  override readonly name = 'BlocksMissing';
}

/** A synchronous view of an asynchronous source: what is not cached is noted, and the look-up is tried again later. */
export class CachedSource implements ByteSource {
  readonly size: number;
  readonly #key: string;
  readonly #cache: BlockCache;
  readonly #missing = new Set<number>();

  constructor({ size, key }: SymbolSource, cache: BlockCache) {
    this.size = size;
    this.#key = key;
    this.#cache = cache;
  }

  read(offset: number, length: number): Uint8Array {
    if (!isRangeOf(this.size, offset, length)) throw new SnapshotError('snapshot.out-of-range');
    const end = offset + length;
    const bytes = new Uint8Array(length);
    let complete = true;
    for (let block = Math.floor(offset / BLOCK_BYTES); block * BLOCK_BYTES < end; block++) {
      const found = this.#cache.get(this.#nameOf(block));
      if (found === null) {
        this.#missing.add(block);
        complete = false;
        continue;
      }
      const at = block * BLOCK_BYTES;
      const from = Math.max(offset, at);
      bytes.set(found.subarray(from - at, Math.min(end - at, found.length)), from - offset);
    }
    if (!complete) throw new BlocksMissing();
    return bytes;
  }

  prefetch(): void {
    // Missing blocks of all look-ups of a round are fetched together.
  }

  /** Fetches what reads have missed since the last call, from this same form. */
  async fetchMissing(source: SymbolSource): Promise<void> {
    const blocks = [...this.#missing];
    this.#missing.clear();
    await Promise.all(
      blocks.map(async (block) => {
        const offset = block * BLOCK_BYTES;
        const bytes = await source.read(offset, Math.min(BLOCK_BYTES, this.size - offset));
        this.#cache.set(this.#nameOf(block), Uint8Array.from(bytes));
      }),
    );
  }

  #nameOf(block: number): string {
    return `${this.#key}:${String(block)}`;
  }
}
