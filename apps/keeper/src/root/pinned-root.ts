import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KeeperError, type RootPasskey } from '@crashkeep/keeper-wire';
import { appendLeaf } from '@crashkeep/ledger';
import type { StrictStore } from '@crashkeep/strict-store';
import { PersonIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { isCode, writeKeyFile } from '@crashkeep/platform';

const RootFile = z.strictObject({
  credential: z.string().min(1),
  publicKey: z.string().min(1),
  person: PersonIdText,
});

/**
 * The root passkey, in the keeper's own folder and not in PostgreSQL: whoever can write the database cannot make an approver
 * of it. Pinned once; after that only the operator can, by removing `root.json`.
 */
export class PinnedRoot {
  readonly #path: string;
  readonly #store: StrictStore;
  #root: RootPasskey | null;

  private constructor(path: string, store: StrictStore, root: RootPasskey | null) {
    this.#path = path;
    this.#store = store;
    this.#root = root;
  }

  static async open(folder: string, store: StrictStore): Promise<PinnedRoot> {
    const path = join(folder, 'root.json');
    return new PinnedRoot(path, store, await readRoot(path));
  }

  /** Null until it is enrolled: until then nobody can approve, so nothing can be read. */
  get root(): RootPasskey | null {
    return this.#root;
  }

  /** Pins it, file and leaf together. The same one again is well; another is `keeper.root-pinned`. */
  async pin(root: RootPasskey): Promise<void> {
    if (this.#root === null) await this.#pinFirst(root);
    if (this.#root?.credential !== root.credential) throw new KeeperError('keeper.root-pinned');
  }

  async #pinFirst(root: RootPasskey): Promise<void> {
    let written = false as boolean; // set inside the transaction, which the compiler does not follow
    try {
      await this.#store.transaction(async (rows) => {
        await appendLeaf(rows, 'keeper', { act: 'root.pinned', credential: root.credential });
        written = await writeKeyFile(this.#path, `${JSON.stringify(root)}\n`);
        if (!written) throw new KeeperError('keeper.root-pinned');
      });
    } catch (error) {
      if (written) await rm(this.#path, { force: true });
      if (!(error instanceof KeeperError)) throw error;
    }
    this.#root = await readRoot(this.#path);
  }
}

async function readRoot(path: string): Promise<RootPasskey | null> {
  try {
    return RootFile.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}
