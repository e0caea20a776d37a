import { type KeyObject, sign } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AccessError } from '@crashkeep/access';
import type { Binding } from '@crashkeep/envelope';
import { Identity, openHeader } from '@crashkeep/unseal';
import { isCode, writeKeyFile } from '@crashkeep/platform';
import type { KeyProvider, VaultName } from './key-provider.js';
import { openStatementKey, publicHalf } from './statement-key.js';

const PROJECT = /^[a-z0-9-]{1,40}$/;
const MONTH = /^\d{4}-\d{2}$/;

/**
 * Keys as files of mode 0600 in a folder of mode 0700: `vault/<project>/<month>.identity` as `age-keygen` writes them, so that
 * an operator can recover a dump with the `age` tool alone, and `statement.key`.
 */
export class FileKeyProvider implements KeyProvider {
  readonly statementKey: string;
  readonly #folder: string;
  readonly #statementPrivate: KeyObject;
  /** Parsed once: the text of a key stays in the heap until it is collected, the KeyObject does not have it there. */
  readonly #identities = new Map<string, Identity>();

  private constructor(folder: string, statementPrivate: KeyObject) {
    this.#folder = folder;
    this.#statementPrivate = statementPrivate;
    this.statementKey = publicHalf(statementPrivate);
  }

  static async open(folder: string): Promise<FileKeyProvider> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new FileKeyProvider(folder, await openStatementKey(folder));
  }

  async vaultRecipient(name: VaultName): Promise<string> {
    const known = await this.#identity(name);
    if (known !== null) return known.recipient;
    await writeKeyFile(this.#pathOf(name), `${Identity.generate().exportSecret()}\n`);
    const made = await this.#identity(name);
    if (made === null) throw new Error('keeper.key-not-written');
    return made.recipient;
  }

  async openVaultHeader(name: VaultName, header: Uint8Array, binding: Binding): Promise<Buffer> {
    const identity = await this.#identity(name);
    if (identity === null) throw new AccessError('access.dump-unreadable');
    return openHeader(header, identity, binding);
  }

  sign(statement: Uint8Array): string {
    return sign(null, statement, this.#statementPrivate).toString('base64url');
  }

  async #identity(name: VaultName): Promise<Identity | null> {
    const path = this.#pathOf(name);
    const known = this.#identities.get(path);
    if (known !== undefined) return known;
    try {
      const identity = Identity.parse((await readFile(path, 'utf8')).trim());
      this.#identities.set(path, identity);
      return identity;
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  #pathOf({ project, month }: VaultName): string {
    if (!PROJECT.test(project) || !MONTH.test(month)) throw new Error('keeper.malformed-name');
    return join(this.#folder, 'vault', project, `${month}.identity`);
  }
}
