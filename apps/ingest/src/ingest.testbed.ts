import { type KeyObject, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RecipientKind, recipientPeriod, recipientStatement } from '@crashkeep/envelope';
import {
  type Project,
  type TokenClass,
  createApiToken,
  createProject,
  findProject,
  openIdentityStore,
  verifyApiToken,
} from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import type { AppLogger, LogFields } from '@crashkeep/platform';
import {
  FileObjectStore,
  RecipientBook,
  findRecipient,
  insertRecipient,
  openStrictStore,
} from '@crashkeep/strict-store';
import { testDatabase } from '@crashkeep/testkit';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import pg from 'pg';
import { ProjectBook } from './door/project-book.js';
import { TokenGate } from './door/token-gate.js';
import { bootIngest } from './ingest-app.js';
import type { Intake } from './intake.js';
import { DEFAULT_LIMITS, type IngestLimits } from './limits.js';

/** The real app on a free port, with a database and a folder of its own, and what a keeper and a console would have written. */
export interface Testbed {
  readonly url: string;
  readonly port: number;
  readonly intake: Intake;
  readonly folder: string;
  /** Everything that was logged, one JSON text a line. */
  readonly logged: string[];
  /** `walk <id>` and `convert <id>`, as they were announced. */
  readonly announced: string[];
  token(tokenClass: TokenClass, project?: string): Promise<string>;
  /** The plaintext of an object, opened by the age-encryption package with the vault's identity. */
  open(row: { readonly object_key: unknown; readonly vault_header: unknown }): Promise<Buffer>;
  /** As the superuser. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Files under the objects' folder: what lies on disk, temporary files included. */
  files(): Promise<string[]>;
  close(): Promise<void>;
}

export interface TestbedOptions {
  readonly limits?: Partial<IngestLimits>;
  readonly recipients?: boolean;
  readonly project?: Partial<Pick<Project, 'answerStyle' | 'preset'>>;
  /** Changes what the app is given, for a store that fails and the like. */
  readonly alter?: (intake: Intake) => Intake;
}

export async function openTestbed(options: TestbedOptions = {}): Promise<Testbed> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'crashkeep-ingest-'));
  const statementKey = generateKeyPairSync('ed25519');
  const vault = await generateX25519Identity();
  const admin = new pg.Pool({ connectionString: database.urlFor('superuser'), max: 2 });
  const owner = openIdentityStore(database.urlFor('superuser'), { connections: 1 });
  await createProject(owner.rows, { id: ProjectIdText.parse('default'), name: 'Default', ...options.project });
  if (options.recipients !== false) {
    const recipient = await identityToRecipient(vault);
    await writeRecipients(database.urlFor('ck_keeper'), statementKey.privateKey, recipient);
  }
  const seen = { logged: [] as string[], announced: [] as string[] };
  const made = await makeIntake(database.urlFor('ck_ingest'), folder, statementKey.publicKey, seen);
  const intake = { ...made.intake, limits: { ...DEFAULT_LIMITS, ...options.limits } };
  const app = await bootIngest(options.alter?.(intake) ?? intake, { host: '127.0.0.1', port: 0 });
  const url = await app.getUrl();
  return {
    ...seen,
    ...{ url, port: Number(new URL(url).port), intake, folder },
    token: async (tokenClass, project = 'default') => {
      const wanted = { project: ProjectIdText.parse(project), class: tokenClass, label: 'test', createdBy: null };
      return (await createApiToken(owner.rows, wanted)).text;
    },
    open: ({ object_key: key, vault_header: header }) => openObject(vault, join(folder, 'dumps', String(key)), header),
    sql: async (text, values = []) => (await admin.query<Record<string, unknown>>(text, values)).rows,
    files: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    },
    close: async () => {
      await app.close();
      await Promise.all([made.close(), owner.close(), admin.end()]);
      await rm(folder, { recursive: true });
    },
  };
}

async function makeIntake(
  databaseUrl: string,
  folder: string,
  statementKey: KeyObject,
  { logged, announced }: { readonly logged: string[]; readonly announced: string[] },
): Promise<{ readonly intake: Intake; readonly close: () => Promise<unknown> }> {
  const identity = openIdentityStore(databaseUrl, { connections: 2 });
  const store = openStrictStore(databaseUrl, { connections: 4 });
  const intake: Intake = {
    dumps: await FileObjectStore.open(join(folder, 'dumps')),
    symbols: await FileObjectStore.open(join(folder, 'symbols')),
    store,
    tokens: new TokenGate((text, accepted) => verifyApiToken(identity.rows, text, accepted)),
    projects: new ProjectBook((id) => findProject(identity.rows, id)),
    recipients: new RecipientBook((name) => findRecipient(store.rows, name), statementKey),
    queue: {
      announceDump: (id) => void announced.push(`walk ${id}`),
      announceSymbols: (id) => void announced.push(`convert ${id}`),
      close: () => Promise.resolve(),
    },
    spool: null,
    copiesUploads: false,
    limits: DEFAULT_LIMITS,
    log: remember(logged),
    publicUrl: 'http://ingest.test',
  };
  return { intake, close: () => Promise.all([store.close(), identity.close()]) };
}

async function openObject(identity: string, path: string, header: unknown): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const file = Buffer.concat([header as Buffer, await readFile(path)]);
  return Buffer.from(await decrypter.decrypt(new Uint8Array(file)));
}

async function writeRecipients(keeperUrl: string, privateKey: KeyObject, recipient: string): Promise<void> {
  const keeper = openStrictStore(keeperUrl, { connections: 1 });
  const now = new Date();
  const names: { kind: RecipientKind; project: string }[] = [
    { kind: 'vault', project: 'default' },
    { kind: 'extraction', project: '' },
  ];
  for (const { kind, project } of names) {
    const statement = { kind, project, period: recipientPeriod(kind, now), recipient };
    const signature = sign(null, recipientStatement(statement), privateKey).toString('base64url');
    await insertRecipient(keeper.rows, { id: randomUUID(), ...statement, signature });
  }
  await keeper.close();
}

function remember(logged: string[]): AppLogger {
  const keep = (event: string, fields?: LogFields): void => void logged.push(JSON.stringify({ event, ...fields }));
  return {
    info: keep,
    warn: keep,
    error: (event, error, fields) => {
      keep(event, { ...fields, error: error instanceof Error ? error.name : typeof error });
    },
  };
}

/** Writes bytes to the port as they are and reads what comes until the server closes or a whole answer is there. */
export async function sendRaw(port: number, bytes: Buffer): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const finish = (): void => {
      const [head = '', body = ''] = text.split('\r\n\r\n', 2);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Infinity);
      if (body.length < length) return;
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body });
    };
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1');
      finish();
    });
    socket.on('end', finish);
    socket.on('error', reject);
    socket.write(bytes);
  });
}

/** A captured request with its first line's target replaced: the token of the test goes where the client's was. */
export async function capturedRequest(path: string, target: string): Promise<Buffer> {
  const bytes = await readFile(path);
  const end = bytes.indexOf('\r\n');
  const [method = '', , version = ''] = bytes.toString('latin1', 0, end).split(' ');
  return Buffer.concat([Buffer.from(`${method} ${target} ${version}`), bytes.subarray(end)]);
}
