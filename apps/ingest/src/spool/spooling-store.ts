import { type ObjectStore, ObjectStoreError } from '@crashkeep/strict-store';
import type { CopiedPieces, Spool } from './spool.js';

/**
 * The store of one upload: what the real one does not take goes to the spool. `copies` says whether pieces are kept beside until the
 * store has them all: over a network a store can go away in the midst of an upload, and the client will not send it again.
 */
export class SpoolingStore implements Pick<ObjectStore, 'put' | 'delete'> {
  readonly #store: ObjectStore;
  readonly #spool: Spool;
  readonly #copies: boolean;
  readonly #spooled = new Set<string>();

  constructor(store: ObjectStore, spool: Spool, copies: boolean) {
    this.#store = store;
    this.#spool = spool;
    this.#copies = copies;
  }

  get spooledKeys(): string[] {
    return [...this.#spooled];
  }

  async put(key: string, source: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: number }> {
    if (this.#spool.isAway('store')) return this.#toSpool(key, source);
    if (!this.#copies) return this.#toStore(key, source);
    const copy = await this.#spool.beginCopy();
    const rest = source[Symbol.asyncIterator]();
    try {
      return await this.#toStore(key, copied(rest, copy));
    } catch (error) {
      if (!(error instanceof ObjectStoreError)) throw error;
      return await this.#toSpool(key, whole(copy, rest));
    } finally {
      await copy.discard();
    }
  }

  async delete(key: string): Promise<void> {
    if (this.#spooled.delete(key)) await this.#spool.delete(key);
    else await this.#store.delete(key);
  }

  async #toStore(key: string, source: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: number }> {
    try {
      return await this.#store.put(key, source);
    } catch (error) {
      if (error instanceof ObjectStoreError) this.#spool.noteAway('store');
      throw error;
    }
  }

  async #toSpool(key: string, source: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: number }> {
    const put = await this.#spool.put(key, source);
    this.#spooled.add(key);
    return put;
  }
}

/** Written before it is handed on: what the store was given and lost is in the copy. */
async function* copied(source: AsyncIterator<Uint8Array>, copy: CopiedPieces): AsyncGenerator<Uint8Array> {
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    await copy.write(next.value);
    yield next.value;
  }
}

async function* whole(copy: CopiedPieces, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* copy.read();
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
