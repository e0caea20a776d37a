import { type ObjectStore, type SymbolFileRow, setSymbolState } from '@crashkeep/strict-store';
import type { SymbolSource } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';
import { DamagedForm, openForm } from './form-object.js';

/** Opened forms that are remembered: an object under a form's key never changes. */
const FORMS_MAX = 10_000;

/** Symbol forms in the object store. One that is not what its row names is none, and its file is converted again. */
export class FormSources {
  readonly #rooms: Pick<Rooms, 'store' | 'log'>;
  readonly #objects: ObjectStore;
  readonly #opened = new Map<string, SymbolSource>();

  constructor({ store, log, symbols }: Rooms) {
    this.#rooms = { store, log };
    this.#objects = symbols;
  }

  /** Null where the file has no form, or none that is sound. Rejects where the store is away. */
  async open(file: SymbolFileRow): Promise<SymbolSource | null> {
    const { formKey } = file;
    if (formKey === null) return null;
    const known = this.#opened.get(formKey);
    if (known !== undefined) return known;
    const opened = await openForm(this.#objects, formKey);
    if (opened === null) {
      await this.#convertAgain(file);
      return null;
    }
    const source = { ...opened, read: this.#watched(file, opened) };
    if (this.#opened.size >= FORMS_MAX) this.#opened.clear();
    this.#opened.set(formKey, source);
    return source;
  }

  /** A block that was changed fails what reads it; whoever comes next finds the form made anew, or none. */
  #watched(file: SymbolFileRow, opened: SymbolSource): SymbolSource['read'] {
    return async (offset, length) => {
      try {
        return await opened.read(offset, length);
      } catch (error) {
        if (error instanceof DamagedForm) {
          this.#opened.delete(opened.key);
          await this.#convertAgain(file);
        }
        throw error;
      }
    };
  }

  async #convertAgain({ id, state }: SymbolFileRow): Promise<void> {
    if (state !== 'ready') return;
    this.#rooms.log.warn('symbols.form-damaged', { symbols: id });
    await setSymbolState(this.#rooms.store.rows, id, { state: 'queued', formKey: null });
  }
}
