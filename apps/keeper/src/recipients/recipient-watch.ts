import type { AppLogger } from '@crashkeep/platform';
import { type IdentityStore, listProjects } from '@crashkeep/identity';
import type { RecipientsAnswer } from '@crashkeep/keeper-wire';
import type { StrictStore } from '@crashkeep/strict-store';
import { ProjectIdText } from '@crashkeep/ids';
import type { KeyProvider } from '../keys/key-provider.js';
import { extractionRecipients } from './extraction-files.js';
import { type Signed, signRecipient } from './recipient-signer.js';
import { vaultMonths } from './vault-months.js';

interface Rooms {
  readonly store: StrictStore;
  readonly identity: IdentityStore;
  readonly keys: KeyProvider;
  /** The folder that workers share (CRASHKEEP_EXTRACTION_KEYS). */
  readonly extractionFolder: string;
  readonly log: AppLogger;
}

/** Sees to it that ingest always has somebody to seal to: each project's months, and the days that workers made. */
export class RecipientWatch {
  readonly #rooms: Rooms;
  readonly #done = new Map<string, Signed>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** Signs what is new. Asks neither disk nor database again for what it has seen signed. */
  async look(now: Date): Promise<void> {
    for (const { id } of await listProjects(this.#rooms.identity.rows)) {
      for (const month of vaultMonths(now)) await this.#signVault(id, month);
    }
    for (const { day, recipient } of await extractionRecipients(this.#rooms.extractionFolder, now)) {
      await this.#sign({ kind: 'extraction', project: '', period: day, recipient });
    }
  }

  status(): RecipientsAnswer {
    const names = [...this.#done.keys()].map((key) => key.split(' '));
    const projects = new Set(names.filter(([kind]) => kind === 'vault').map(([, project]) => project));
    return {
      vault: [...projects].map((project) => ({
        project: ProjectIdText.parse(project),
        months: names.filter((name) => name[0] === 'vault' && name[1] === project).map((name) => name[2] ?? ''),
      })),
      extraction: names.filter(([kind]) => kind === 'extraction').map((name) => name[2] ?? ''),
    };
  }

  async #signVault(project: string, month: string): Promise<void> {
    if (this.#done.has(`vault ${project} ${month}`)) return;
    const recipient = await this.#rooms.keys.vaultRecipient({ project, month });
    await this.#sign({ kind: 'vault', project, period: month, recipient });
  }

  async #sign(statement: Parameters<typeof signRecipient>[2]): Promise<void> {
    const { kind, project, period } = statement;
    const name = `${kind} ${project} ${period}`;
    if (this.#done.has(name)) return;
    const signed = await signRecipient(this.#rooms.store, this.#rooms.keys, statement);
    this.#done.set(name, signed);
    const { log } = this.#rooms;
    if (signed === 'other') log.warn('keeper.recipient-differs', { kind, project, period });
    else log.info('keeper.recipient', { kind, project, period, signed });
  }
}
