import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sealing, sealedSize } from '@crashkeep/envelope';
import { SignInThrottle, createPerson, createProject, openIdentityStore, setPassword } from '@crashkeep/identity';
import { type DumpId, type GrantId, type PersonId, type ProjectId, ProjectIdText, newDumpId } from '@crashkeep/ids';
import { KeeperClient } from '@crashkeep/keeper-wire';
import { openLenientStore } from '@crashkeep/lenient-store';
import {
  FileObjectStore,
  type StrictRows,
  insertMask,
  insertReceivedDump,
  maskText,
  objectKey,
  openStrictStore,
  signMask,
} from '@crashkeep/strict-store';
import {
  type ProofSlip,
  type Slip,
  SoftwareDevice,
  SoftwarePasskey,
  type TestDatabase,
  testDatabase,
} from '@crashkeep/testkit';
import pg from 'pg';
import { startKeeper, stopKeeper } from './keeper-process.testbed.js';
import { bootRoom } from './room-app.js';
import type { Room } from './room.js';
import { adminCommands } from './session/admin-commands.js';
import { roomTrust } from './statements/room-trust.js';
import { sequenceAll } from './sequence.testbed.js';
import { type Answer, Visitor } from './visitor.testbed.js';

export const ORIGIN = 'http://room.localhost:8081';
export const PROJECT = ProjectIdText.parse('default');
export const PASSWORD = 'correct horse battery';
export const PLAIN_BYTES = 200_000;

/** Two stacks and a heap in two neighbouring pieces that lie apart in the file. */
export const STACK_0 = { address: '0x7f0000000000', offset: 40_000, size: 90_000 };
const STACK_1 = { address: '0x7f0000100000', offset: 20_000, size: 4_096 };
const HEAP_A = { address: '0x1000', offset: 150_000, size: 4_096 };
const HEAP_B = { address: '0x2000', offset: 10_000, size: 4_096 };

const WALK = {
  crashingThread: 1,
  threads: [{ id: 4711 }, { id: 4712 }, { id: 4713 }],
  regions: [STACK_0, STACK_1, HEAP_A, HEAP_B],
  threadRanges: [
    { stack: STACK_0, context: { offset: 1_000, size: 716 } },
    { stack: STACK_1, context: null },
    { stack: null, context: null },
  ],
};

export const REASON = 'the slot index that was on this stack tells which one was reused';

/** The room as it runs, a keeper in a process of its own, a database and a sealed dump. */
export class RoomTestbed {
  readonly plaintext = randomBytes(PLAIN_BYTES);
  /** The workers' key. */
  readonly maskKey = generateKeyPairSync('ed25519');
  readonly dump: DumpId = newDumpId();

  private constructor(
    readonly url: string,
    readonly room: Room,
    readonly database: TestDatabase,
    readonly sql: pg.Pool,
    readonly logged: string[],
    private readonly folder: string,
    private readonly closing: (() => unknown)[],
  ) {}

  static async open(webRoot: string | null = null): Promise<RoomTestbed> {
    const database = await testDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'ck-room-'));
    const sql = new pg.Pool({ connectionString: database.urlFor('superuser'), max: 3 });
    const owner = openIdentityStore(database.urlFor('superuser'), { connections: 1 });
    await createProject(owner.rows, { id: PROJECT, name: 'Default' });
    await owner.close();
    const keeper = await startKeeper(folder, database.urlFor('ck_keeper'), ORIGIN);

    const logged: string[] = [];
    const url = database.urlFor('ck_strict_api');
    const party = { origin: ORIGIN, rpId: 'room.localhost' };
    const client = new KeeperClient(join(folder, 'keeper.sock'));
    const room: Room = {
      ...{ strict: openStrictStore(url), identity: openIdentityStore(url), lenient: openLenientStore(url) },
      ...{ keeper: client, trust: roomTrust(client, party), throttle: new SignInThrottle(), party },
      log: {
        info: (event) => logged.push(event),
        warn: (event) => logged.push(event),
        error: (event, error) => logged.push(`${event} ${error instanceof Error ? (error.stack ?? '') : ''}`),
      },
    };
    const app = await bootRoom(room, { host: '127.0.0.1', port: 0, webRoot });
    const closing = [
      () => app.close(),
      () => {
        room.keeper.close();
        return Promise.all([room.strict.close(), room.identity.close(), room.lenient.close()]);
      },
      () => stopKeeper(keeper),
      () => sql.end(),
      () => rm(folder, { recursive: true, force: true }),
    ];
    const bed = new RoomTestbed(
      (await app.getUrl()).replace('[::1]', '127.0.0.1'),
      room,
      database,
      sql,
      logged,
      folder,
      closing,
    );
    await bed.#sealDump();
    return bed;
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
  }

  visitor(): Visitor {
    return new Visitor(this.url, ORIGIN);
  }

  /** The secret of the link that `crashkeep admin link` would print. */
  async adminSecret(): Promise<string> {
    const answer = (await adminCommands(this.room)({ do: 'admin.link' })) as { link: string };
    return new URL(answer.link).hash.slice(1);
  }

  /** Through the door, from the printed link to the pinned root. */
  async firstAdmin(): Promise<Member> {
    const visitor = this.visitor();
    const body = { secret: await this.adminSecret(), name: 'Ada Admin', login: 'ada', password: PASSWORD };
    await visitor.expect(204, 'POST', '/first-run', body);
    return this.#member(visitor, await enrolPasskey(visitor));
  }

  /** Somebody whom the console made, signed in here. */
  async engineer(role: 'engineer' | 'viewer' = 'engineer', project: ProjectId = PROJECT): Promise<Member> {
    const owner = openIdentityStore(this.database.urlFor('superuser'), { connections: 1 });
    const login = `eve-${randomBytes(4).toString('hex')}`;
    const id = await createPerson(owner.rows, { name: 'Eve Engineer', login });
    await setPassword(owner.rows, id, PASSWORD);
    await owner.rows.membership.create({ data: { person_id: id, project, role } });
    await owner.close();
    const visitor = this.visitor();
    await visitor.expect(204, 'POST', '/session', { login, password: PASSWORD });
    return this.#member(visitor, new SoftwarePasskey(ORIGIN));
  }

  /** Invited by an administrator, with a passkey where the role is one that may have it. */
  async invited(
    admin: Member,
    role: 'security' | 'auditor' | 'admin',
    project: ProjectId | '*' = PROJECT,
    signed = true,
  ): Promise<Member> {
    await stepUp(admin);
    const login = `sue-${randomBytes(4).toString('hex')}`;
    const { link } = await admin.visitor.expect(201, 'POST', '/people', {
      ...{ name: 'Sue Security', login, roles: [{ project, role }] },
    });
    const visitor = this.visitor();
    const secret = new URL(String(link)).hash.slice(1);
    await visitor.expect(204, 'POST', '/invitations/accept', { secret, password: PASSWORD });
    const passkey = role === 'auditor' ? new SoftwarePasskey(ORIGIN) : await enrolPasskey(visitor);
    const member = await this.#member(visitor, passkey);
    if (signed) await signFor(admin, member);
    return member;
  }

  async request(who: Member, change: Record<string, unknown> = {}): Promise<GrantId> {
    const body = {
      dump: this.dump,
      scope: { kind: 'stack', threads: [0] },
      reason: REASON,
      ticket: 'KEEP-7',
      minutes: 30,
      device: who.device.thumbprint,
    };
    return String((await who.visitor.expect(201, 'POST', '/grants', { ...body, ...change }))['id']) as GrantId;
  }

  /** Asked by one, approved by another, opened. */
  async live(engineer: Member, security: Member, change: Record<string, unknown> = {}): Promise<GrantId> {
    const id = await this.request(engineer, change);
    await decideBy(security, id, { decision: 'approve', version: 1 });
    await engineer.visitor.expect(200, 'POST', `/grants/${id}/activate`, {});
    return id;
  }

  /** What the sequencer does with all that waits. Resolves to the ledger's key. */
  sequence(): Promise<string> {
    return sequenceAll(this.sql);
  }

  /** Bodies of leaves, oldest first. */
  async leaves(like = ''): Promise<Record<string, unknown>[]> {
    const { rows } = await this.sql.query<{ body: string }>(
      `SELECT body FROM ledger.leaf WHERE body LIKE '%' || $1 || '%' ORDER BY created_at`,
      [like],
    );
    return rows.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }

  async #member(visitor: Visitor, passkey: SoftwarePasskey): Promise<Member> {
    const { person } = await visitor.expect(200, 'GET', '/session');
    return { visitor, passkey, id: (person as { id: PersonId }).id, device: await nameDevice(visitor) };
  }

  async #sealDump(): Promise<void> {
    const [vault, extraction] = [await this.#recipient('vault'), await this.#recipient('extraction')];
    const sealing = new Sealing(
      { dump: this.dump, project: PROJECT },
      { vault: vault.recipient, extraction: extraction.recipient },
    );
    const parts = [sealing.update(this.plaintext), sealing.final()];
    const key = objectKey(this.dump, 'dump');
    const objects = await FileObjectStore.open(join(this.folder, 'objects', 'dumps'));
    await objects.put(key, stream(parts));
    const owner = openStrictStore(this.database.urlFor('superuser'), { connections: 1 });
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
        alias: '00112233445566ff',
        uploadKey: null,
        product: null,
      },
      ...{ version: null, channel: null, retainUntil: new Date(Date.now() + 30 * 24 * 3600_000) },
    });
    await writeFile(join(this.folder, 'mask.pub'), this.maskKey.publicKey.export({ format: 'pem', type: 'spki' }));
    await owner.transaction((rows) => this.#mask(rows));
    await owner.rows.walk.create({ data: { dump_id: this.dump, walker: 1, result: WALK } });
    await owner.close();
  }

  /** As a worker does that has found nothing. */
  async #mask(rows: StrictRows): Promise<void> {
    const mask = {
      dump: this.dump,
      project: PROJECT,
      detectors: 1,
      objects: [{ part: null, secret: [], unsearched: [] }],
    };
    await insertMask(rows, mask, (statement) => {
      const text = maskText(statement);
      return { text, signature: signMask(text, this.maskKey.privateKey) };
    });
  }

  async #recipient(kind: string): Promise<{ id: string; recipient: string }> {
    const newest = 'SELECT id, recipient FROM strict.recipient WHERE kind = $1 ORDER BY period LIMIT 1';
    for (;;) {
      const { rows } = await this.sql.query<{ id: string; recipient: string }>(newest, [kind]);
      if (rows[0] !== undefined) return rows[0];
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

export interface Member {
  readonly id: PersonId;
  readonly visitor: Visitor;
  readonly passkey: SoftwarePasskey;
  readonly device: SoftwareDevice;
}

export async function nameDevice(visitor: Visitor, label = 'Laptop'): Promise<SoftwareDevice> {
  const device = await SoftwareDevice.make();
  const { nonce } = await visitor.expect(200, 'POST', '/devices/challenge', {});
  const dpop = await device.proof('POST', `${ORIGIN}/api/v1/devices`, String(nonce));
  const answer = await visitor.call('POST', '/devices', { label }, { dpop });
  if (answer.status !== 201) throw new Error(String(answer.json['code']));
  return device;
}

/** With a fresh proof by this person's device. */
export async function readBytes(
  who: Pick<Member, 'visitor' | 'device'>,
  id: GrantId,
  address: string,
  length: number | string,
  slip: ProofSlip = {},
): Promise<Answer> {
  const { nonce } = await who.visitor.expect(200, 'GET', '/proof-nonce');
  const asked = [{ address, length: Number(length) }];
  const dpop = await who.device.proofOfRead(ORIGIN, id, { asked, nonce: String(nonce) }, slip);
  const path = `/grants/${id}/bytes?address=${address}&length=${String(length)}`;
  return who.visitor.call('GET', path, undefined, { dpop });
}

export async function stepUp({ visitor, passkey }: Member, slip?: Slip): Promise<void> {
  const { nonce, options } = await visitor.expect(200, 'POST', '/step-up/options', {});
  const response = passkey.sign((options as { challenge: string }).challenge, slip);
  await visitor.expect(204, 'POST', '/step-up', { nonce, response });
}

export async function enrolPasskey(visitor: Visitor): Promise<SoftwarePasskey> {
  const passkey = new SoftwarePasskey(ORIGIN);
  const { nonce, options } = await visitor.expect(200, 'POST', '/passkeys/options', {});
  const response = passkey.register((options as { challenge: string }).challenge);
  await visitor.expect(201, 'POST', '/passkeys', { nonce, label: 'Key 1', response });
  return passkey;
}

interface Waiting {
  readonly id: string;
  readonly counts: boolean;
  readonly about: { readonly id: string } | null;
}

/** One signs all that waits about another: their roles, their passkeys. */
export async function signFor(signer: Member, about: Member): Promise<void> {
  const { statements } = await signer.visitor.expect(200, 'GET', '/statements');
  const waiting = (statements as Waiting[]).filter((it) => it.about?.id === about.id && !it.counts);
  if (waiting.length > 0)
    await signStatements(
      signer,
      waiting.map(({ id }) => id),
    );
}

export async function signStatements(signer: Member, ids: readonly string[], slip?: Slip): Promise<void> {
  const { nonce, options } = await signer.visitor.expect(200, 'POST', '/statements/challenge', { statements: ids });
  const assertion = signer.passkey.sign((options as { challenge: string }).challenge, slip);
  await signer.visitor.expect(200, 'POST', '/statements/signatures', { nonce, assertion });
}

export interface Offered {
  readonly nonce: string;
  readonly text: string;
  readonly statement: { readonly grant: { readonly version: number; readonly notAfter: string } };
  readonly options: { readonly challenge: string; readonly userVerification: string };
}

export const challengeFor = async ({ visitor }: Member, id: GrantId, wanted: object): Promise<Offered> =>
  (await visitor.expect(200, 'POST', `/grants/${id}/challenge`, wanted)) as unknown as Offered;

/** Challenge, signature, decision. */
export async function decideBy(
  who: Member,
  id: GrantId,
  wanted: object,
  note?: string,
): Promise<Record<string, unknown>> {
  const { nonce, options } = await challengeFor(who, id, wanted);
  const assertion = who.passkey.sign(options.challenge);
  return who.visitor.expect(200, 'POST', `/grants/${id}/decision`, { nonce, note, assertion });
}

async function* stream(parts: readonly Buffer[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}
