import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Identity } from '@crashkeep/unseal';
import type { KeyProvider } from './key-provider.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const KEY_FILE = /^(\d{4}-\d{2}-\d{2})\.key$/;

/**
 * `<day>.key`, mode 0600, as `age-keygen` writes it, and beside it `<day>.recipient` for the keeper. The folder is shared by
 * all workers of the vault: of two that start at once one makes the day's identity, and both use it.
 */
export class ExtractionKeyFiles implements KeyProvider {
  readonly #folder: string;
  /** Parsed once: the text of a key stays in the heap until it is collected, the KeyObject does not have it there. */
  readonly #identities = new Map<string, Identity>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<ExtractionKeyFiles> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new ExtractionKeyFiles(folder);
  }

  async provide(day: string): Promise<void> {
    const identity = (await this.identityOf(day)) ?? (await this.#make(day));
    await this.#write(`${day}.recipient`, `${identity.recipient}\n`);
  }

  async identityOf(day: string): Promise<Identity | null> {
    const known = this.#identities.get(day);
    if (known !== undefined) return known;
    try {
      const identity = Identity.parse((await readFile(this.#path(`${day}.key`, day), 'utf8')).trim());
      this.#identities.set(day, identity);
      return identity;
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  async days(): Promise<string[]> {
    const names = await readdir(this.#folder);
    return names.flatMap((name) => KEY_FILE.exec(name)?.[1] ?? []).sort();
  }

  /** The recipient first: the keeper must not sign what cannot be opened. Zeros before the unlink, for disks that write in place. */
  async destroy(day: string): Promise<void> {
    this.#identities.delete(day);
    await rm(this.#path(`${day}.recipient`, day), { force: true });
    const path = this.#path(`${day}.key`, day);
    try {
      const file = await open(path, 'r+');
      try {
        await file.write(Buffer.alloc((await file.stat()).size), 0);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
    }
    await rm(path, { force: true });
    await this.#syncFolder();
  }

  async #make(day: string): Promise<Identity> {
    await this.#write(`${day}.key`, `${Identity.generate().exportSecret()}\n`);
    const identity = await this.identityOf(day);
    if (identity === null) throw new Error('worker.key-not-written');
    return identity;
  }

  /** Durable when this resolves; what is there already stays. */
  async #write(name: string, text: string): Promise<void> {
    const temporary = join(this.#folder, `.new-${randomBytes(8).toString('hex')}`);
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await link(temporary, join(this.#folder, name));
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    } finally {
      await rm(temporary, { force: true });
    }
    await this.#syncFolder();
  }

  async #syncFolder(): Promise<void> {
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  #path(name: string, day: string): string {
    if (!DAY.test(day)) throw new Error('worker.malformed-day');
    return join(this.#folder, name);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
