import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Actor,
  DEFAULT_POLICY,
  type AskedRange,
  type GrantPath,
  type GrantTerms,
  type Role,
  SIGNED_ROLES,
  type Scope,
  type SignedRole,
  type Statement,
  approvalChallenge,
  approvalStatement,
  approvalText,
  decide,
  instantText,
  signedPageChallenge,
  signedPageText,
} from '@crashkeep/access';
import { Sealing, sealedSize } from '@crashkeep/envelope';
import { createProject, openIdentityStore } from '@crashkeep/identity';
import { type DumpId, type GrantId, type PersonId, ProjectIdText, newDumpId, newGrantId } from '@crashkeep/ids';
import { KeeperClient } from '@crashkeep/keeper-wire';
import {
  FileObjectStore,
  type GrantRow,
  activateGrant,
  findGrant,
  insertDevice,
  insertGrant,
  insertReceivedDump,
  insertSignature,
  lockGrant,
  objectKey,
  openStrictStore,
  proposeStatement,
  recordDecision,
} from '@crashkeep/strict-store';
import { type AssertionJson, type ProofSlip, type Slip, testDatabase } from '@crashkeep/testkit';
import pg from 'pg';
import { bootKeeper } from './keeper-app.js';
import { FileKeyProvider } from './keys/file-key-provider.js';
import { keeperTrust } from './root/keeper-trust.js';
import { PinnedRoot } from './root/pinned-root.js';
import { MaskBook } from './masks/mask-book.js';
import { type FoundByScreen, writeMask } from './masks/masks.testbed.js';
import { type Someone, addPerson } from './people.testbed.js';
import { writeExtractionRecipient } from './recipients/extraction-recipient.testbed.js';
import type { Rooms } from './rooms.js';

export const PROJECT = ProjectIdText.parse('default');
export const PARTY = { origin: 'http://room.localhost:8081', rpId: 'room.localhost' };
const IN = { project: PROJECT, origin: PARTY.origin };
export const PLAIN_BYTES = 300_000;
/** The stack of thread 0: bytes 70,000 to 170,000 of the file, over more than one chunk. */
export const STACK = { address: '0x7f0000000000', part: null, offset: 70_000, length: 100_000 };

/** On what, too. */
export type { Someone };
export type Reader = Pick<Someone, 'id' | 'device'>;

export interface Asked {
  readonly scope?: Scope;
  readonly ranges?: GrantTerms['ranges'];
  readonly minutes?: number;
  readonly bytes?: number;
  readonly path?: GrantPath;
}

/** What an approver's row and signature may have wrong. */
export interface Forgery {
  readonly slip?: Slip;
  /** Signs for another grant than it is written to. */
  readonly signed?: Partial<GrantRow>;
  readonly notAfter?: Date;
  readonly origin?: string;
  readonly assertion?: (assertion: AssertionJson) => AssertionJson;
}
/** The real keeper on a socket and a database of its own, a sealed dump, and the people of a project. */
export class KeeperTestbed {
  readonly plaintext = randomBytes(PLAIN_BYTES);
  readonly client: KeeperClient;
  /** The workers' key. */
  readonly maskKey = generateKeyPairSync('ed25519');

  private constructor(
    readonly rooms: Rooms,
    readonly dump: DumpId,
    readonly sql: pg.Pool,
    readonly strict: ReturnType<typeof openStrictStore>,
    readonly people: { readonly engineer: Someone; readonly security: Someone; readonly admin: Someone },
    readonly logged: string[],
    private readonly closing: (() => Promise<unknown>)[],
  ) {
    this.client = new KeeperClient(rooms.socket);
  }

  static async open(): Promise<KeeperTestbed> {
    const database = await testDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'ck-keeper-'));
    const sql = new pg.Pool({ connectionString: database.urlFor('superuser'), max: 3 });
    const owner = openIdentityStore(database.urlFor('superuser'), { connections: 2 });
    await createProject(owner.rows, { id: PROJECT, name: 'Default' });
    await writeExtractionRecipient(folder);

    const logged: string[] = [];
    const note = (line: unknown): void => void logged.push(JSON.stringify(line));
    const store = openStrictStore(database.urlFor('ck_keeper'), { connections: 10 });
    const identity = openIdentityStore(database.urlFor('ck_keeper'), { connections: 2 });
    const root = await PinnedRoot.open(join(folder, 'keys'), store);
    const rooms: Rooms = {
      ...{ store, identity, party: PARTY, extractionFolder: folder, socket: join(folder, 'keeper.sock') },
      leases: { socket: join(folder, 'leases.sock'), secondWalksPerHour: 2 },
      objects: await FileObjectStore.open(join(folder, 'dumps')),
      keys: await FileKeyProvider.open(join(folder, 'keys')),
      root,
      trust: keeperTrust(root, PARTY),
      masks: new MaskBook(join(folder, 'mask.pub')),
      log: {
        info: (event, fields) => {
          note({ event, fields });
        },
        warn: (event, fields) => {
          note({ event, fields });
        },
        error: (event, error) => {
          note({ event, error: String(error), stack: error instanceof Error ? error.stack : '' });
        },
      },
    };
    const app = await bootKeeper(rooms);
    const people = {
      engineer: await addPerson(owner.rows, 'engineer', IN),
      security: await addPerson(owner.rows, 'security', IN),
      admin: await addPerson(owner.rows, 'admin', IN),
    };
    const strict = openStrictStore(database.urlFor('ck_strict_api'), { connections: 10 });
    const closing = [
      () => app.close(),
      () => Promise.all([store.close(), identity.close(), strict.close(), owner.close()]),
      () => sql.end(),
      () => rm(folder, { recursive: true, force: true }),
    ];
    const testbed = new KeeperTestbed(rooms, newDumpId(), sql, strict, people, logged, closing);
    await writeFile(join(folder, 'mask.pub'), testbed.maskKey.publicKey.export({ format: 'pem', type: 'spki' }));
    await testbed.#sealDump();
    await testbed.mask();
    await testbed.vouchFor(people.security, 'security');
    for (const someone of Object.values(people)) await testbed.nameDevice(someone);
    return testbed;
  }

  async nameDevice({ id: person, device }: Someone): Promise<void> {
    const { thumbprint, key } = device;
    await insertDevice(this.strict.rows, { thumbprint, person, kind: 'browser', label: 'Laptop', jwk: key.jwk });
  }

  /** Role and passkey as statements, signed by root (or by whom the test says). Nothing counts until root is pinned. */
  async vouchFor(who: Someone, role: SignedRole, by: readonly Someone[] = [this.people.admin]): Promise<Statement[]> {
    const { id: person, passkey } = who;
    const publicKey = passkey.coseKey.toString('base64url');
    const statements: Statement[] = [
      { kind: 'role', id: randomUUID(), person, project: PROJECT, role },
      { kind: 'credential', id: randomUUID(), person, credential: passkey.id, publicKey },
    ];
    for (const statement of statements) await proposeStatement(this.strict.rows, statement, null);
    for (const signer of by) await this.sign(signer, statements);
    return statements;
  }

  async sign(by: Someone, statements: readonly Statement[], slip?: Slip): Promise<void> {
    const nonce = randomBytes(32).toString('base64url');
    const text = signedPageText({ origin: PARTY.origin, nonce, signer: by.id, statements: [...statements] });
    const challenge = Buffer.from(await signedPageChallenge(text)).toString('base64url');
    const assertion = by.passkey.sign(challenge, slip);
    const row = { signer: by.id, credential: by.passkey.id, text, assertion, nonce };
    await insertSignature(this.strict.rows, row);
  }

  async close(): Promise<void> {
    this.client.close();
    for (const close of this.closing) await close();
  }

  pinRoot(): Promise<void> {
    const { id, passkey } = this.people.admin;
    return this.client.pinRoot({
      credential: passkey.id,
      publicKey: passkey.coseKey.toString('base64url'),
      person: id,
    });
  }

  /** Somebody with rows, and for the room's roles with signatures of root as well. */
  async someone(role: Role, signed = true): Promise<Someone> {
    const owner = openIdentityStore(this.urlOfSuperuser(), { connections: 1 });
    try {
      const someone = await addPerson(owner.rows, role, IN);
      const room = SIGNED_ROLES.find((it) => it === role);
      if (room !== undefined && signed) await this.vouchFor(someone, room);
      await this.nameDevice(someone);
      return someone;
    } finally {
      await owner.close();
    }
  }

  /** Asked, by the role of strict-api. */
  async request(
    { scope, ranges, minutes = 30, bytes = 200_000, path = 'asked' }: Asked = {},
    who = this.people.engineer,
  ): Promise<GrantId> {
    const id = newGrantId();
    const terms: GrantTerms = {
      ...{ minutes, bytes },
      scope: scope ?? { kind: 'stack', threads: [0] },
      ranges: ranges ?? [STACK],
    };
    const permit = decide(who.actor, 'grant.request', { project: PROJECT });
    await insertGrant(this.strict.rows, permit, {
      ...{ id, dump: this.dump, project: PROJECT, terms, policy: DEFAULT_POLICY },
      reason: 'to see what the stack held there',
      ticket: 'KEEP-1',
      ...{ path, device: who.device.thumbprint },
    });
    return id;
  }

  async approve(id: GrantId, by: Someone = this.people.security, forgery: Forgery = {}): Promise<void> {
    await this.strict.transaction(async (rows) => {
      const grant = await lockGrant(rows, id);
      if (grant === null) throw new Error('no grant');
      const nonce = randomBytes(32).toString('base64url');
      const notAfter = forgery.notAfter ?? new Date(Date.now() + (24 * 60 + grant.minutes) * 60_000);
      const statement = approvalStatement(
        { ...grant, ...forgery.signed },
        { decision: 'approve', origin: forgery.origin ?? PARTY.origin, nonce, notAfter: instantText(notAfter) },
      );
      const challenge = Buffer.from(await approvalChallenge(statement)).toString('base64url');
      const assertion = by.passkey.sign(challenge, forgery.slip);
      const actor: Actor = { person: by.id, roles: [{ project: '*', role: 'security' }] };
      await recordDecision(
        rows,
        decide(actor, 'grant.decide', { project: PROJECT, requester: newPerson() }),
        grant,
        {
          ...{ decision: 'approve', narrowed: null, note: null, nonce },
          statement: approvalText(statement),
          credentialId: by.passkey.id,
          assertion: forgery.assertion?.(assertion) ?? assertion,
        },
        1,
      );
    });
  }

  async activate(id: GrantId, who = this.people.engineer): Promise<void> {
    const permit = decide(who.actor, 'grant.activate', { project: PROJECT, requester: who.id });
    await activateGrant(this.strict.rows, permit, id, new Date(Date.now() + 24 * 3600_000));
  }

  /** Asked, approved and opened. */
  async live(asked: Asked = {}, by?: Someone, forgery?: Forgery): Promise<GrantId> {
    const id = await this.request(asked);
    await this.approve(id, by, forgery);
    await this.activate(id);
    return id;
  }

  /** With a fresh proof by who asked. */
  async read(grant: GrantId, offset: number, length: number, who: Reader = this.people.engineer): Promise<Buffer> {
    return (await this.readAsked(grant, [{ offset, length }], who)).plaintext;
  }

  async readAsked(
    grant: GrantId,
    asked: readonly AskedRange[],
    who: Reader = this.people.engineer,
    slip: ProofSlip = {},
  ): ReturnType<KeeperClient['read']> {
    const nonce = await this.client.nonce();
    const proof = await who.device.proofOfRead(PARTY.origin, grant, { asked, nonce }, slip);
    return this.client.read({ grant, person: who.id, via: 'GET', proof, asked: [...asked], located: null });
  }

  async grant(id: GrantId): Promise<GrantRow> {
    const grant = await findGrant(this.strict.rows, id);
    if (grant === null) throw new Error('no grant');
    return grant;
  }

  /** Bodies of the leaves of a grant, oldest first. */
  async leaves(id: GrantId): Promise<Record<string, unknown>[]> {
    const { rows } = await this.sql.query<{ body: string }>(
      `SELECT body FROM ledger.leaf WHERE body::jsonb ->> 'grant' = $1 ORDER BY created_at`,
      [id],
    );
    return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }

  /** As a worker does that has screened the dump. */
  mask(found: FoundByScreen = {}, about: Parameters<typeof writeMask>[1] = this.#itself): Promise<string> {
    return writeMask(this.urlOfSuperuser(), about, this.maskKey.privateKey, found);
  }

  /** With every right there is: what somebody who took the database can do. */
  async forge(text: string, ...values: unknown[]): Promise<void> {
    await this.sql.query(text, values);
  }

  /** The sealed payload again, under its key with this behind it. */
  async copyObject(suffix: string): Promise<void> {
    const key = objectKey(this.dump, 'dump');
    const sealed = await this.rooms.objects.read(key, 0, sealedSize(PLAIN_BYTES));
    await this.rooms.objects.put(`${key}${suffix}`, toStream([Buffer.from(sealed)]));
  }

  get #itself(): Parameters<typeof writeMask>[1] {
    return { dump: this.dump, project: PROJECT };
  }

  private urlOfSuperuser(): string {
    return this.sql.options.connectionString ?? '';
  }

  async #sealDump(): Promise<void> {
    const { rows } = await this.sql.query<{ id: string; kind: string; recipient: string }>(
      `SELECT id, kind, recipient FROM strict.recipient WHERE period IN (to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM'), to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD'))`,
    );
    const named = (kind: string) => rows.find((row) => row.kind === kind) ?? { id: randomUUID(), recipient: '' };
    const [vault, extraction] = [named('vault'), named('extraction')];
    const binding = { dump: this.dump, project: PROJECT };
    const sealing = new Sealing(binding, { vault: vault.recipient, extraction: extraction.recipient });
    const sealed = [sealing.update(this.plaintext), sealing.final()];
    const key = objectKey(this.dump, 'dump');
    await this.rooms.objects.put(key, toStream(sealed));
    const owner = openStrictStore(this.urlOfSuperuser(), { connections: 1 });
    await insertReceivedDump(owner.rows, {
      ...{
        id: this.dump,
        project: PROJECT,
        format: 'minidump',
        receivedAt: new Date(),
        tokenId: randomUUID(),
        parts: [],
      },
      ...{ objectKey: key, plainBytes: PLAIN_BYTES, sealedBytes: sealedSize(PLAIN_BYTES), headers: sealing.headers },
      ...{
        vaultRecipient: vault.id,
        extractionRecipient: extraction.id,
        alias: null,
        uploadKey: null,
        product: null,
        version: null,
      },
      ...{ channel: null, retainUntil: new Date(Date.now() + 30 * 24 * 3600_000) },
    });
    await owner.close();
  }
}

async function* toStream(parts: readonly Buffer[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}

const newPerson = (): PersonId => randomUUID() as PersonId;
