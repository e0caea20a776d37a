import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type SymbolFileRow,
  findSymbolFileById,
  lockFormsOf,
  objectKey,
  setSymbolState,
} from '@crashkeep/strict-store';
import { type ConvertedForm, WALK_FAULTS, WalkError } from '@crashkeep/walk';
import { ROOMS, type Rooms } from '../rooms.js';
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
    const { store } = this.#rooms;
    await setSymbolState(store.rows, file.id, { state: 'converting' });
    try {
      const formKey = await this.#store(file, await this.#convertText(file));
      await store.transaction(async (rows) => {
        await lockFormsOf(rows, file.project, 'alone');
        await setSymbolState(rows, file.id, { state: 'naming', formKey });
      });
    } catch (error) {
      if (!(error instanceof WalkError) || isVaultsFault(error)) throw error;
      await setSymbolState(store.rows, file.id, { state: 'refused', failure: error.code });
      this.#rooms.log.warn('symbols.refused', { symbols: file.id, code: error.code });
    }
  }

  async #convertText({ objectKey: key, project, debugId }: SymbolFileRow): Promise<ConvertedForm> {
    const { symbols, runner, limits } = this.#rooms;
    const size = (await symbols.size(key)) ?? 0;
    const source = { size, read: (offset: number, length: number) => symbols.read(key, offset, length) };
    const converted = await runner.convert({ source, project, formBytesMax: limits.formBytes });
    // Ingest has checked it; a child that was turned could give one module's names to another.
    if (converted.identity.debugId !== debugId) throw new WalkError('walk.not-symbols');
    return converted;
  }

  /** Under a key that names its content: what has been read under it stays true. */
  async #store({ id }: SymbolFileRow, { form }: ConvertedForm): Promise<string> {
    const hash = createHash('sha256');
    for (const piece of form) hash.update(piece);
    const key = objectKey(id, `form-${hash.digest('hex').slice(0, 32)}`);
    await this.#rooms.symbols.put(key, piecesOf(form));
    return key;
  }
}

function isVaultsFault({ code }: WalkError): boolean {
  return WALK_FAULTS[code].blame === 'vault' && WALK_FAULTS[code].retry;
}

async function* piecesOf(form: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* form;
  await Promise.resolve();
}
