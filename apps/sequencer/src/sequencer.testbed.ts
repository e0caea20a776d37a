import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LedgerObjects, type Trust, type Verdict, parseVerifierKey, verifyTiles } from '@crashkeep/ledger';
import { FileObjectStore } from '@crashkeep/object-store';
import type { AppLogger } from '@crashkeep/platform';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import pg from 'pg';
import { KeyFolder } from './keys/key-folder.js';
import { Sequencer, type SequencerTerms, type Step } from './sequencer.js';

const quiet: AppLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A database of its own, a store and a key folder; leaves to append, and the auditor's view of what came of them. */
export class SequencerBed {
  readonly #opened: Sequencer[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly superuser: pg.Client,
    readonly folder: string,
    readonly keys: KeyFolder,
    readonly objects: FileObjectStore,
  ) {}

  static async make(): Promise<SequencerBed> {
    const folder = mkdtempSync(join(tmpdir(), 'ck-sequencer-'));
    const database = await testDatabase();
    const superuser = new pg.Client({ connectionString: database.urlFor('superuser') });
    await superuser.connect();
    const keys = await KeyFolder.open(join(folder, 'keys'), 'ledger.example');
    return new SequencerBed(database, superuser, folder, keys, await FileObjectStore.open(join(folder, 'ledger')));
  }

  terms(more: Partial<SequencerTerms> = {}): SequencerTerms {
    const databaseUrl = this.database.urlFor('ck_sequencer');
    return { databaseUrl, objects: this.objects, keys: this.keys, witnesses: [], log: quiet, ...more };
  }

  async open(more: Partial<SequencerTerms> = {}): Promise<Sequencer> {
    const sequencer = await Sequencer.open(this.terms(more));
    this.#opened.push(sequencer);
    return sequencer;
  }

  /** As a kill does: nothing is finished, and the database drops the lock with the connection. */
  async kill(sequencer: Sequencer): Promise<void> {
    await sequencer.close();
  }

  async append(count: number, label = 'leaf'): Promise<void> {
    await this.superuser.query(
      `SELECT ledger.append_ingest('{"act":"test","n":"' || $2 || n || '"}') FROM generate_series(1, $1::int) n`,
      [count, label],
    );
  }

  /** All that waits, numbered and published. */
  async settle(sequencer: Sequencer): Promise<void> {
    while ((await sequencer.number()) > 0);
    await sequencer.publish(new Date());
  }

  async verify(trust: Partial<Trust> = {}): Promise<Verdict> {
    const key = parseVerifierKey(await this.keys.firstKey());
    return verifyTiles(folderObjects(join(this.folder, 'ledger')), {
      keys: [key],
      witnesses: [],
      remembered: null,
      ...trust,
    });
  }

  /** Bodies by their number. */
  async numbered(): Promise<{ seq: number; id: string }[]> {
    const { rows } = await this.superuser.query<{ seq: string; id: string }>(
      'SELECT seq, id FROM ledger.leaf WHERE seq IS NOT NULL ORDER BY seq',
    );
    return rows.map(({ seq, id }) => ({ seq: Number(seq), id }));
  }

  /** As the owner of the whole server: triggers do not hold it. */
  async forge(sql: string): Promise<void> {
    await this.superuser.query(`SET session_replication_role = replica`);
    await this.superuser.query(sql);
    await this.superuser.query(`SET session_replication_role = origin`);
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((sequencer) => sequencer.close()));
    await this.superuser.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class Killed extends Error {
  constructor(readonly step: Step) {
    super(step);
  }
}

/** Dies when this step was done for the n-th time. */
export function dyingAfter(step: Step, times = 1): Pick<SequencerTerms, 'after'> {
  let left = times;
  return {
    after: (done) => {
      if (done === step && --left === 0) throw new Killed(step);
    },
  };
}

export function folderObjects(root: string): LedgerObjects {
  return {
    read: (path) => readFile(join(root, path)).catch(() => null),
    widthsOf: async (path) => (await readdir(join(root, `${path}.p`)).catch(() => [])).map(Number),
  };
}
