import { Inject, Injectable } from '@nestjs/common';
import { type SymbolFileRow, findSymbolFileById, lockFormsOf, setSymbolState } from '@crashkeep/strict-store';
import { type AsyncRangeSource, type ConvertedForm, WALK_FAULTS, WalkError } from '@crashkeep/walk';
import { ROOMS, type Rooms } from '../rooms.js';
import { checkUpload } from './check-upload.js';
import { dumpForeign } from './dump-foreign.js';
import { storeForm } from './form-object.js';
import { nameStoredWalks } from './name-stored-walks.js';
import { SymbolDesk } from './symbol-desk.js';

/** Makes a symbol file's text into the form that walks read, in a child that never sees a dump, and names older walks by it. */
@Injectable()
export class ConvertDesk {
  readonly #rooms: Rooms;
  readonly #desk: SymbolDesk;
  readonly #underway = new Set<string>();

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
    this.#desk = new SymbolDesk(rooms);
  }

  /** Rejects where a store is away: the sweeper finds the file again. Begun twice, it ends the same. */
  async convert(symbolFileId: string): Promise<void> {
    if (this.#underway.has(symbolFileId)) return;
    this.#underway.add(symbolFileId);
    try {
      await this.#convert(symbolFileId);
    } finally {
      this.#underway.delete(symbolFileId);
    }
  }

  async #convert(id: string): Promise<void> {
    const { store, log } = this.#rooms;
    let file = await findSymbolFileById(store.rows, id);
    if (file?.state === 'queued' || file?.state === 'converting') {
      await this.#makeForm(file);
      file = await findSymbolFileById(store.rows, id);
    }
    if (file?.state !== 'naming') return;
    const walks = await nameStoredWalks(this.#rooms, this.#desk, file);
    await setSymbolState(store.rows, id, { state: 'ready' });
    log.info('symbols.ready', { symbols: id, walks });
  }

  async #makeForm(file: SymbolFileRow): Promise<void> {
    const { store, symbols } = this.#rooms;
    await setSymbolState(store.rows, file.id, { state: 'converting' });
    try {
      const converted = await this.#convertUpload(file);
      const formKey = await storeForm(symbols, file.id, converted.form);
      await store.transaction(async (rows) => {
        await lockFormsOf(rows, file.project, 'alone');
        await setSymbolState(rows, file.id, {
          state: 'naming',
          formKey,
          codeId: converted.identity.codeId?.toUpperCase() ?? null,
        });
      });
    } catch (error) {
      if (!(error instanceof WalkError) || isVaultsFault(error)) throw error;
      await setSymbolState(store.rows, file.id, { state: 'refused', failure: error.code });
      this.#rooms.log.warn('symbols.refused', { symbols: file.id, code: error.code });
    }
  }

  async #convertUpload(file: SymbolFileRow): Promise<ConvertedForm> {
    const converted = await this.#convertAny(file);
    // Ingest has checked a text; a child that was turned could give one module's names to another.
    if (!isOfItsAddress(file, converted)) throw new WalkError('walk.not-symbols');
    return converted;
  }

  async #convertAny(file: SymbolFileRow): Promise<ConvertedForm> {
    const { symbols, runner, limits, dumpSyms } = this.#rooms;
    const { project, bytes, objectKey: key } = file;
    const convert = (source: AsyncRangeSource): Promise<ConvertedForm> =>
      runner.convert({ source, project, formBytesMax: limits.formBytes });
    if (file.kind === 'pdb' || file.kind === 'macho') {
      if (dumpSyms === null) throw new WalkError('walk.no-dump-syms');
      return dumpForeign(symbols, file, dumpSyms, convert);
    }
    await checkUpload(symbols, file);
    return convert({ size: bytes, read: (offset, length) => symbols.read(key, offset, length) });
  }
}

/** By debug id, or by the code id that an image without one, and a text of such an image, is sent under. */
function isOfItsAddress({ debugId }: SymbolFileRow, { identity }: ConvertedForm): boolean {
  return debugId === identity.debugId || debugId === identity.codeId?.toUpperCase();
}

function isVaultsFault({ code }: WalkError): boolean {
  return WALK_FAULTS[code].blame === 'vault' && WALK_FAULTS[code].retry;
}
