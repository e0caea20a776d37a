import {
  type IdentityStore,
  type RoomRole,
  SignInThrottle,
  type TokenClass,
  createApiToken,
  createPerson,
  createProject,
  grantMembership,
  grantRoomRole,
  openIdentityStore,
  openSession,
  setPassword,
} from '@crashkeep/identity';
import { type DumpId, type PersonId, type ProjectId, ProjectIdText, newDumpId } from '@crashkeep/ids';
import { type LenientStore, openLenientStore, writeDumpState, writeReport } from '@crashkeep/lenient-store';
import type { AppLogger, LogFields } from '@crashkeep/platform';
import { LenientReport } from '@crashkeep/report';
import { testDatabase } from '@crashkeep/testkit';
import pg from 'pg';
import { AlertDesk } from './alerts/alert-desk.js';
import { AlertPost } from './alerts/alert-post.js';
import type { MailDoor } from './alerts/mail-door.js';
import { TargetSeal } from './alerts/target-seal.js';
import type { Alerts } from './alerts/alert-settings.js';
import { bootConsole } from './console-app.js';
import type { Console } from './console.js';

export const ORIGIN = 'http://console.test';
export const PASSWORD = 'correct horse battery';

/** A person with a session: what their browser would send. */
export interface Visitor {
  readonly id: PersonId;
  readonly login: string;
  readonly cookie: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The real app on a free port, with a database of its own and what the other processes would have written. */
export interface Testbed {
  readonly url: string;
  readonly console: Console;
  /** Everything that was logged, one JSON text a line. */
  readonly logged: string[];
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** A call that changes something, as our page makes it. */
  act(visitor: Visitor, method: string, path: string, body?: unknown): Promise<Response>;
  /** `role` in project `relay`, or a room role everywhere. */
  visitor(role: 'viewer' | 'engineer' | RoomRole | null): Promise<Visitor>;
  token(tokenClass: TokenClass, project?: string): Promise<string>;
  /** A dump, walked to a report with this signature. */
  report(signature: string, project?: string): Promise<DumpId>;
  /** As the superuser. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  urlFor(role: 'ck_strict_api' | 'ck_worker'): string;
  close(): Promise<void>;
}

export async function openTestbed(
  webRoot: string | null = null,
  alerting: { readonly mail?: MailDoor; readonly privateHosts?: boolean } = {},
): Promise<Testbed> {
  const database = await testDatabase();
  const admin = new pg.Pool({ connectionString: database.urlFor('superuser'), max: 2 });
  const owner = openIdentityStore(database.urlFor('superuser'), { connections: 1 });
  const worker = openLenientStore(database.urlFor('ck_worker'), { connections: 1 });
  for (const id of ['relay', 'other']) await createProject(owner.rows, { id: ProjectIdText.parse(id), name: id });
  const logged: string[] = [];
  const store = openLenientStore(database.urlFor('ck_lenient_api'), { connections: 3 });
  const parts: Console = {
    store,
    alerts: alertsOf(store, remember(logged), alerting),
    identity: openIdentityStore(database.urlFor('ck_lenient_api'), { connections: 3 }),
    throttle: new SignInThrottle(),
    log: remember(logged),
    origins: { console: ORIGIN, room: 'http://room.test', ingest: 'http://ingest.test' },
  };
  const app = await bootConsole(parts, { host: '127.0.0.1', port: 0, webRoot });
  const url = await app.getUrl();
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${url}${path}`, init);
  return {
    url,
    console: parts,
    logged,
    ask,
    act: (visitor, method, path, body) => act(ask, visitor, method, path, body),
    visitor: visitors(owner, parts),
    token: async (tokenClass, project = 'relay') => {
      const wanted = { project: ProjectIdText.parse(project), class: tokenClass, label: 'test', createdBy: null };
      return (await createApiToken(owner.rows, wanted)).text;
    },
    report: (signature, project = 'relay') => walkedDump(worker, signature, ProjectIdText.parse(project)),
    sql: async (text, values = []) => (await admin.query<Record<string, unknown>>(text, values)).rows,
    urlFor: (role) => database.urlFor(role),
    close: async () => {
      await app.close();
      await Promise.all([parts.store.close(), parts.identity.close(), owner.close(), worker.close(), admin.end()]);
    },
  };
}

function alertsOf(
  store: LenientStore,
  log: AppLogger,
  { mail = null, privateHosts = false }: { readonly mail?: MailDoor | null; readonly privateHosts?: boolean },
): Alerts {
  const seal = new TargetSeal('a key of the test');
  const post = new AlertPost({ key: 'a key of the test', seal, mail, privateHosts, origin: ORIGIN });
  return { post, seal, desk: new AlertDesk(store, post, log) };
}

async function act(
  ask: Testbed['ask'],
  visitor: Visitor,
  method: string,
  path: string,
  body: unknown,
): Promise<Response> {
  const session = (await (await ask('/api/v1/session', { headers: visitor.headers })).json()) as { csrf: string };
  const headers = { ...visitor.headers, 'x-crashkeep-csrf': session.csrf, origin: ORIGIN };
  if (body === undefined) return ask(path, { method, headers });
  const sent = { ...headers, 'content-type': 'application/json' };
  return ask(path, { method, headers: sent, body: JSON.stringify(body) });
}

function visitors(owner: IdentityStore, parts: Console): Testbed['visitor'] {
  let people = 0;
  return async (role) => {
    const number = String(++people);
    const login = `person-${number}@example.org`;
    const id = await createPerson(owner.rows, { name: `Person ${number}`, login });
    await setPassword(owner.rows, id, PASSWORD);
    if (role === 'viewer' || role === 'engineer') {
      await grantMembership(owner.rows, null, { personId: id, project: ProjectIdText.parse('relay'), role });
    } else if (role !== null) await grantRoomRole(owner.rows, null, { personId: id, project: '*', role });
    const { cookie } = await openSession(parts.identity.rows, id, 'console');
    return { id, login, cookie, headers: { cookie: `__Host-ck-console=${cookie}` } };
  };
}

async function walkedDump(worker: LenientStore, signature: string, project: ProjectId): Promise<DumpId> {
  const [dump, now] = [newDumpId(), Date.now()];
  await worker.transaction(async (tx) => {
    await writeDumpState(tx, {
      change: 'received',
      dump,
      project,
      alias: null,
      receivedAt: now,
      heldUntil: now + 86_400_000,
      dumpBytes: 4096,
      attachments: 1,
      annotations: 2,
    });
    await writeReport(tx, sampleReport(dump, signature, now), project);
    await writeDumpState(tx, { change: 'done', dump, openedBytes: 512 });
  });
  return dump;
}

const sampleReport = (id: DumpId, signature: string, now: number): LenientReport =>
  LenientReport.parse({
    schema: 1,
    id,
    format: 'minidump',
    product: 'Relay',
    version: '4.18.2',
    channel: 'stable',
    received_at: Math.floor(now / 1000),
    crashed_at: null,
    uptime: null,
    os: 'linux',
    os_version: null,
    cpu: 'amd64',
    cpu_info: null,
    cpu_count: null,
    crash_reason: 'SIGSEGV / SEGV_MAPERR',
    crash_address: 'null+0x18',
    crash_address_class: 'null',
    crashing_thread: null,
    threads: [],
    modules: [],
    main_module: null,
    unloaded_modules: [],
    signature,
    signature_algorithm: 1,
    signature_why: [],
    withheld: [{ kind: 'memory', count: 1 }],
    problems: [],
  });

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
