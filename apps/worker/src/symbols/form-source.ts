import type { ObjectStore, SymbolFileRow } from '@crashkeep/strict-store';
import type { ModuleSymbols } from '@crashkeep/walk';

/** Sizes that are remembered: an object under a form's key never changes. */
const SIZES_MAX = 10_000;

/** Symbol forms in the object store. */
export class FormSources {
  readonly #objects: ObjectStore;
  readonly #sizes = new Map<string, number>();

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** None where the file has no form, or its object has gone. */
  async open({ formKey }: SymbolFileRow): Promise<ModuleSymbols> {
    if (formKey === null) return [];
    const size = await this.#sizeOf(formKey);
    if (size === null) return [];
    return [{ key: formKey, size, read: (offset, length) => this.#objects.read(formKey, offset, length) }];
  }

  async #sizeOf(key: string): Promise<number | null> {
    const known = this.#sizes.get(key);
    if (known !== undefined) return known;
    const size = await this.#objects.size(key);
    if (this.#sizes.size >= SIZES_MAX) this.#sizes.clear();
    if (size !== null) this.#sizes.set(key, size);
    return size;
  }
}
