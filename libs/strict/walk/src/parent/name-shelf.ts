import {
  type CodeAt,
  type FrameNames,
  type Instruction,
  loadDisassembler,
  openSymbolForm,
  type SymbolForm,
  walkBytesOf,
} from '@crashkeep/symbols';
import type { SymbolSource } from './async-range-source.js';
import { BlockCache } from './block-cache.js';
import { BlocksMissing, CachedSource } from './cached-source.js';

const CACHE_BYTES = 64 * 1024 * 1024;
/** Opened forms keep decoded blocks of their own. */
const OPEN_FORMS_MAX = 64;
/** Look-ups of one form that may have to be tried again; a sound form needs five. */
const ROUNDS_MAX = 64;

interface OpenForm {
  readonly cached: CachedSource;
  readonly form: SymbolForm;
}

/** Names from symbol forms, with a cache over dumps. A form may be hostile: whatever it says wrongly is no name. */
export class NameShelf {
  readonly #cache = new BlockCache(CACHE_BYTES);
  readonly #open = new Map<string, OpenForm>();

  /** Bytes from the form's beginning that a child may read: no name is among them. Null for a form that cannot be read. */
  async walkBytes(source: SymbolSource): Promise<number | null> {
    const cached = new CachedSource(source, this.#cache);
    const bytes = await retried(source, cached, () => walkBytesOf(cached));
    return bytes === null ? null : Math.min(bytes, source.size);
  }

  /** Whether a form tells how to unwind anything. Rejects only where the store does. */
  async unwinds(source: SymbolSource): Promise<boolean> {
    return (await this.#opened(source))?.form.hasUnwind ?? false;
  }

  /** Machine code of the uploaded image; null where the form has none there. Rejects only where the store does. */
  async code(source: SymbolSource, offset: number, length: number): Promise<Uint8Array | null> {
    const opened = await this.#opened(source);
    return opened === null ? null : retried(source, opened.cached, () => opened.form.codeAt(offset, length));
  }

  async disassemble(code: CodeAt): Promise<Instruction | null> {
    return (await loadDisassembler())(code);
  }

  /** By offset in the module. Rejects only where the store does. */
  async describe(source: SymbolSource, offsets: readonly number[]): Promise<ReadonlyMap<number, FrameNames>> {
    const names = new Map<number, FrameNames>();
    const opened = await this.#opened(source);
    if (opened === null) return names;
    let pending = [...new Set(offsets)];
    for (let round = 0; round < ROUNDS_MAX && pending.length > 0; round++) {
      pending = pending.filter((offset) => {
        const found = attempt(() => opened.form.describe(offset));
        if (found === MISSING) return true;
        if (found !== null) names.set(offset, found);
        return false;
      });
      if (pending.length > 0) await opened.cached.fetchMissing(source);
    }
    return names;
  }

  async #opened(source: SymbolSource): Promise<OpenForm | null> {
    const known = this.#open.get(source.key);
    if (known !== undefined) {
      this.#open.delete(source.key);
      this.#open.set(source.key, known);
      return known;
    }
    const cached = new CachedSource(source, this.#cache);
    const form = await retried(source, cached, () => openSymbolForm(cached));
    if (form === null) return null;
    const opened = { cached, form };
    this.#open.set(source.key, opened);
    const oldest = this.#open.keys().next();
    if (this.#open.size > OPEN_FORMS_MAX && oldest.done !== true) this.#open.delete(oldest.value);
    return opened;
  }
}

const MISSING = Symbol('blocks are missing');

/** Null for what a form says wrongly, whatever error that is. */
function attempt<T>(lookUp: () => T): T | null | typeof MISSING {
  try {
    return lookUp();
  } catch (error) {
    return error instanceof BlocksMissing ? MISSING : null;
  }
}

async function retried<T>(source: SymbolSource, cached: CachedSource, lookUp: () => T): Promise<T | null> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const found = attempt(lookUp);
    if (found !== MISSING) return found;
    await cached.fetchMissing(source);
  }
  return null;
}
