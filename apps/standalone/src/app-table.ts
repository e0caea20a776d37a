import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from '@crashkeep/database';
import { type StateFolder, adminSockets } from '@crashkeep/local-vault';
import type { Ports } from './ports.js';

/** How we know that an app serves. */
export type Health =
  | { readonly kind: 'http'; readonly port: number; readonly host: string }
  | { readonly kind: 'socket'; readonly path: string }
  /** No door at all: it lives. */
  | { readonly kind: 'alive' };

export interface AppSpec {
  readonly name: string;
  readonly main: string;
  readonly role: Role;
  readonly settings: Readonly<Record<string, string>>;
  readonly health: Health;
}

const APPS = fileURLToPath(new URL('../../', import.meta.url));

export interface Origins {
  readonly console: string;
  readonly room: string;
  readonly ingest: string;
}

/** WebAuthn refuses IP addresses, and cookies ignore ports: so the reading room has a host name of its own. */
export const originsOf = (ports: Ports): Origins => ({
  console: `http://localhost:${String(ports.console)}`,
  room: `http://room.localhost:${String(ports.room)}`,
  ingest: `http://localhost:${String(ports.ingest)}`,
});

/** In the order in which they start. Each gets its own role and the folders that it works on, and nothing else. */
export function appTable(folder: StateFolder, ports: Ports, environment: NodeJS.ProcessEnv): AppSpec[] {
  const origins = originsOf(ports);
  const urls = {
    CRASHKEEP_PUBLIC_CONSOLE_URL: origins.console,
    CRASHKEEP_PUBLIC_ROOM_URL: origins.room,
    CRASHKEEP_PUBLIC_INGEST_URL: origins.ingest,
  };
  const house = {
    folder,
    urls,
    objects: objectSettings(folder, environment),
    sockets: adminSockets(folder, {}),
    keeperSocket: join(folder.run, 'keeper.sock'),
    leaseSocket: join(folder.run, 'leases.sock'),
    app: specIn(environment),
  };
  return [...hiddenApps(house), ...doors(house, ports, environment)];
}

interface House {
  readonly folder: StateFolder;
  readonly urls: Readonly<Record<string, string>>;
  readonly objects: Readonly<Record<string, string>>;
  readonly sockets: ReturnType<typeof adminSockets>;
  readonly keeperSocket: string;
  readonly leaseSocket: string;
  readonly app: ReturnType<typeof specIn>;
}

/** Without an HTTP port. */
function hiddenApps(house: House): AppSpec[] {
  const { folder, urls, objects, sockets, keeperSocket, leaseSocket, app } = house;
  return [
    app(
      'keeper',
      'ck_keeper',
      { kind: 'socket', path: keeperSocket },
      {
        ...urls,
        ...objects,
        ...keyFolders(folder),
        CRASHKEEP_KEEPER_SOCKET: keeperSocket,
        CRASHKEEP_LEASE_SOCKET: leaseSocket,
      },
    ),
    app(
      'sequencer',
      'ck_sequencer',
      { kind: 'socket', path: sockets.sequencer },
      {
        ...objects,
        CRASHKEEP_SEQUENCER_KEYS: folder.sequencerKeys,
        CRASHKEEP_SEQUENCER_ADMIN_SOCKET: sockets.sequencer,
      },
    ),
    app(
      'worker',
      'ck_worker',
      { kind: 'alive' },
      {
        ...objects,
        CRASHKEEP_EXTRACTION_KEYS: folder.extractionKeys,
        CRASHKEEP_LEASE_SOCKET: leaseSocket,
        CRASHKEEP_SCREEN_KEYS: folder.screenKeys,
        CRASHKEEP_MASK_KEY_FILE: folder.maskKey,
      },
    ),
  ];
}

/** What the world speaks to. */
function doors(house: House, ports: Ports, environment: NodeJS.ProcessEnv): AppSpec[] {
  const { folder, urls, objects, sockets, keeperSocket, app } = house;
  return [
    app('ingest', 'ck_ingest', http(ports.ingest), {
      ...urls,
      ...objects,
      CRASHKEEP_STATEMENT_KEY_FILE: folder.statementKey,
      CRASHKEEP_INGEST_SPOOL: folder.spool,
    }),
    app('lenient-api', 'ck_lenient_api', http(ports.console), {
      ...urls,
      CRASHKEEP_LENIENT_ADMIN_SOCKET: sockets.lenient,
      CRASHKEEP_ALERT_KEY_FILE: folder.alertKey,
      ...outgoingSettings(environment),
      CRASHKEEP_WEB_ROOT: join(APPS, 'web/dist'),
    }),
    app('strict-api', 'ck_strict_api', http(ports.room, 'room.localhost'), {
      ...urls,
      CRASHKEEP_KEEPER_SOCKET: keeperSocket,
      CRASHKEEP_STRICT_ADMIN_SOCKET: sockets.strict,
      CRASHKEEP_WEB_ROOT: join(APPS, 'reading-room/dist'),
    }),
  ];
}

/** What the keeper alone holds, and what it shares with the worker. */
const keyFolders = (folder: StateFolder): Record<string, string> => ({
  CRASHKEEP_KEEPER_KEYS: folder.keeperKeys,
  CRASHKEEP_EXTRACTION_KEYS: folder.extractionKeys,
  CRASHKEEP_STATEMENT_KEY_FILE: folder.statementKey,
  CRASHKEEP_MASK_KEY_FILE: folder.maskKey,
});

const specIn =
  (environment: NodeJS.ProcessEnv) =>
  (name: string, role: Role, health: Health, settings: Record<string, string>): AppSpec => ({
    name,
    role,
    health,
    main: mainOf(name, environment),
    settings: { ...settings, ...listenSettings(health), ...chosenFor(name, environment) },
  });

const http = (port: number, host = 'localhost'): Health => ({ kind: 'http', port, host });

/** `npm start` has bundled them (scripts/steps/bundle.mjs): the same code, loaded in a third of the time. */
function mainOf(name: string, environment: NodeJS.ProcessEnv): string {
  const bundle = join(APPS, name, 'dist/bundle/main.js');
  return environment['CRASHKEEP_APPS'] === 'bundled' && existsSync(bundle) ? bundle : join(APPS, name, 'dist/main.js');
}

function listenSettings(health: Health): Record<string, string> {
  if (health.kind !== 'http') return {};
  return { CRASHKEEP_LISTEN_HOST: '127.0.0.1', CRASHKEEP_LISTEN_PORT: String(health.port) };
}

/** Files by default; CRASHKEEP_OBJECTS and CRASHKEEP_S3_* of the caller switch every app that touches objects. */
function objectSettings(folder: StateFolder, environment: NodeJS.ProcessEnv): Record<string, string> {
  const chosen = startingWith(environment, 'CRASHKEEP_S3_');
  return { CRASHKEEP_OBJECTS: environment['CRASHKEEP_OBJECTS'] ?? `files:${folder.objects}`, ...chosen };
}

/** Who may be told of crashes, and over which mail server: the caller's word. */
function outgoingSettings(environment: NodeJS.ProcessEnv): Record<string, string> {
  return {
    ...startingWith(environment, 'CRASHKEEP_SMTP_'),
    ...startingWith(environment, 'CRASHKEEP_MAIL_'),
    ...startingWith(environment, 'CRASHKEEP_ALERT_PRIVATE_'),
  };
}

/** An app's own tuning: CRASHKEEP_INGEST_…, CRASHKEEP_WORKER_…, and the log level of all. */
function chosenFor(name: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  return {
    ...startingWith(environment, `CRASHKEEP_${name.toUpperCase().replaceAll('-', '_')}_`),
    ...startingWith(environment, 'CRASHKEEP_LOG_'),
  };
}

function startingWith(environment: NodeJS.ProcessEnv, prefix: string): Record<string, string> {
  const chosen = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[0].startsWith(prefix) && entry[1] !== undefined,
  );
  return Object.fromEntries(chosen);
}
