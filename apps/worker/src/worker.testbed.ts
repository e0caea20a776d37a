import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sealing, sealedSize } from '@crashkeep/envelope';
import { createProject, openIdentityStore } from '@crashkeep/identity';
import { type DumpId, ProjectIdText, newDumpId } from '@crashkeep/ids';
import { writeDumpState } from '@crashkeep/lenient-store';
import type { LenientReport } from '@crashkeep/report';
import {
  FileObjectStore,
  type StrictStore,
  type SymbolKind,
  insertReceivedDump,
  insertRecipient,
  insertSymbolFile,
  objectKey,
  openStrictStore,
} from '@crashkeep/strict-store';
import { testDatabase } from '@crashkeep/testkit';
import { WalkRunner } from '@crashkeep/walk';
import pg from 'pg';
import { ExtractionKeyFiles } from './keys/extraction-key-files.js';
import { dayOf } from './keys/key-rounds.js';
import type { Rooms } from './rooms.js';
import { detectorChoice } from './screen/detector-choice.js';
import { ScreenKeys } from './screen/screen-keys.js';
import { bootWorker } from './worker-app.js';
import { DEFAULT_LIMITS, type WorkerLimits } from './worker-limits.js';

interface Recipient {
  readonly id: string;
  readonly age: string;
}

/** To whom a dump is sealed; by default both are the worker's own. */
export interface Recipients {
  readonly vault: Recipient;
  readonly extraction: Recipient;
}

export const PROJECT = ProjectIdText.parse('default');
const DAY_MS = 24 * 3600 * 1000;
const PATIENCE_MS = 40_000;
const QUICK: WorkerLimits = { ...DEFAULT_LIMITS, sweepMs: 100, leaseMs: 1_500, retryMs: 0, attempts: 3 };

/** What ingest and the keeper would have written, in a database and a folder of its own; the worker itself is real. */
export class WorkerTestbed {
  private constructor(
    readonly folder: string,
    readonly workerUrl: string,
    readonly superuserUrl: string,
    readonly keeperUrl: string,
    readonly sql: pg.Pool,
    readonly dumps: FileObjectStore,
    readonly symbols: FileObjectStore,
    readonly keys: ExtractionKeyFiles,
    readonly screenKeys: ScreenKeys,
    readonly recipient: { readonly id: string; readonly age: string },
    private readonly ingest: StrictStore,
    readonly logged: string[],
    private readonly closing: (() => Promise<unknown>)[],
  ) {}

  static async open(): Promise<WorkerTestbed> {
    const database = await testDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'ck-worker-'));
    const sql = new pg.Pool({ connectionString: database.urlFor('superuser'), max: 2 });
    const owner = openIdentityStore(database.urlFor('superuser'), { connections: 1 });
    await createProject(owner.rows, { id: PROJECT, name: 'Default' });
    await owner.close();
    const keys = await ExtractionKeyFiles.open(join(folder, 'extraction'));
    const screenKeys = await ScreenKeys.open(join(folder, 'screen'), join(folder, 'mask.pub'));
    const recipient = await signedRecipient(keys, database.urlFor('ck_keeper'));
    const ingest = openStrictStore(database.urlFor('ck_ingest'), { connections: 2 });
    const dumps = await FileObjectStore.open(join(folder, 'objects', 'dumps'));
    const symbols = await FileObjectStore.open(join(folder, 'objects', 'symbols'));
    const closing = [() => ingest.close(), () => sql.end()];
    const url = database.urlFor('ck_worker');
    return new WorkerTestbed(
      folder,
      url,
      database.urlFor('superuser'),
      database.urlFor('ck_keeper'),
      sql,
      dumps,
      symbols,
      keys,
      screenKeys,
      recipient,
      ingest,
      [],
      closing,
    );
  }

  /** Starts a worker in this process; `alter` changes what it is given. */
  async work(
    limits: Partial<WorkerLimits> = {},
    alter: (rooms: Rooms) => Rooms = (rooms) => rooms,
  ): Promise<() => Promise<void>> {
    const note = (event: string, fields?: object): void => void this.logged.push(JSON.stringify({ event, ...fields }));
    const rooms = alter({
      store: openStrictStore(this.workerUrl, { connections: 6 }),
      ...{
        dumps: this.dumps,
        symbols: this.symbols,
        keys: this.keys,
        runner: new WalkRunner(),
        leases: null,
        dumpSyms: null,
      },
      screenKeys: this.screenKeys,
      detectors: detectorChoice('all'),
      ...{ limits: { ...QUICK, ...limits }, databaseUrl: this.workerUrl, owner: randomUUID() },
      log: {
        info: note,
        warn: note,
        error: (event, error, fields) => {
          note(event, { ...fields, error: String(error), stack: error instanceof Error ? error.stack : '' });
        },
      },
    });
    const app = await bootWorker(rooms);
    const stop = async (): Promise<void> => {
      await app.close();
      rooms.runner.close();
      await rooms.store.close();
    };
    this.closing.unshift(stop);
    return stop;
  }

  /** Seals a dump and writes its rows, as ingest does. */
  async receive(
    plaintext: Uint8Array,
    facts: { readonly project?: string; readonly receivedAt?: Date; readonly recipients?: Recipients } = {},
  ): Promise<DumpId> {
    const id = newDumpId();
    const key = objectKey(id, 'dump');
    const project = ProjectIdText.parse(facts.project ?? PROJECT);
    const { vault, extraction } = facts.recipients ?? { vault: this.recipient, extraction: this.recipient };
    const sealing = new Sealing({ dump: id, project }, { vault: vault.age, extraction: extraction.age });
    await this.dumps.put(key, inPieces(Buffer.concat([sealing.update(plaintext), sealing.final()])));
    const receivedAt = facts.receivedAt ?? new Date();
    const heldUntil = new Date(receivedAt.getTime() + 30 * DAY_MS);
    await this.ingest.transaction(async (rows) => {
      await insertReceivedDump(rows, {
        ...{
          id,
          project,
          receivedAt,
          objectKey: key,
          alias: null,
          uploadKey: null,
          parts: [],
          tokenId: randomUUID(),
          format: 'minidump',
        },
        ...{ plainBytes: plaintext.length, sealedBytes: sealedSize(plaintext.length), headers: sealing.headers },
        ...{ vaultRecipient: vault.id, extractionRecipient: extraction.id, retainUntil: heldUntil },
        ...{ product: 'Lantern', version: '2.4.1', channel: 'stable' },
      });
      await writeDumpState(rows, {
        ...{
          change: 'received',
          dump: id,
          project,
          alias: null,
          dumpBytes: plaintext.length,
          attachments: 1,
          annotations: 3,
        },
        ...{ receivedAt: receivedAt.getTime(), heldUntil: heldUntil.getTime() },
      });
    });
    return id;
  }

  async receiveSymbols(file: {
    readonly debugFile: string;
    readonly debugId: string;
    readonly text: string | Buffer;
    readonly kind?: SymbolKind;
    readonly codeFile?: string;
    readonly project?: string;
  }): Promise<string> {
    const id = randomUUID();
    const key = objectKey(id, 'sym');
    const { debugFile, debugId, kind = 'breakpad', codeFile = null } = file;
    const bytes = Buffer.from(file.text);
    await this.symbols.put(key, inPieces(bytes));
    await insertSymbolFile(this.ingest.rows, {
      ...{
        id,
        project: file.project ?? PROJECT,
        kind,
        debugFile,
        debugId,
        codeFile,
        objectKey: key,
        tokenId: randomUUID(),
      },
      ...{ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length },
    });
    return id;
  }

  async rows(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.sql.query<Record<string, unknown>>(text, values)).rows;
  }

  /** The first row, once `holds` says so. */
  async until(
    text: string,
    values: unknown[],
    holds: (row: Record<string, unknown>) => boolean,
  ): Promise<Record<string, unknown>> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const [row] = await this.rows(text, ...values);
      if (row !== undefined && holds(row)) return row;
      if (Date.now() > end) throw new Error(`still ${JSON.stringify(row)}\n${this.logged.slice(-6).join('\n')}`);
      await sleep(20);
    }
  }

  untilStage(id: string, stage: string): Promise<Record<string, unknown>> {
    return this.until('SELECT * FROM lenient.dump_state WHERE dump_id = $1', [id], (row) => row['stage'] === stage);
  }

  /** The dump's screening by the newest set, once it has ended. */
  untilScreened(id: string): Promise<Record<string, unknown>> {
    const newest = 'SELECT * FROM strict.screening WHERE dump_id = $1 ORDER BY detectors DESC LIMIT 1';
    return this.until(newest, [id], (row) => row['finished_at'] !== null);
  }

  async report(id: string): Promise<LenientReport> {
    const [row] = await this.rows('SELECT body FROM lenient.report WHERE id = $1', id);
    return row?.['body'] as LenientReport;
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function signedRecipient(keys: ExtractionKeyFiles, keeperUrl: string): Promise<{ id: string; age: string }> {
  const day = dayOf(new Date());
  await keys.provide(day);
  const age = (await keys.identityOf(day))?.recipient ?? '';
  const id = randomUUID();
  const keeper = openStrictStore(keeperUrl, { connections: 1 });
  await insertRecipient(keeper.rows, {
    id,
    kind: 'extraction',
    project: '',
    period: day,
    recipient: age,
    signature: '',
  });
  await keeper.close();
  return { id, age };
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1 << 20) yield await Promise.resolve(bytes.subarray(at, at + (1 << 20)));
}
