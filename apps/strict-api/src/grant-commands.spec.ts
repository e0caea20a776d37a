import { randomBytes, randomUUID } from 'node:crypto';
import {
  type Actor,
  DEFAULT_POLICY,
  type GrantAct,
  type GrantState,
  type GrantTerms,
  decide,
  isTerminal,
  stateAfter,
} from '@crashkeep/access';
import { type GrantId, type PersonId, ProjectIdText, newDumpId, newGrantId, newPersonId } from '@crashkeep/ids';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type GrantRequest,
  type GrantRow,
  activateGrant,
  chargeRead,
  editGrant,
  endGrant,
  findGrant,
  insertGrant,
  lockGrant,
  openStrictStore,
  recordDecision,
} from '@crashkeep/strict-store';

const PROJECT = ProjectIdText.parse('default');
const BUDGET = 200;
const DEVICE = 'd'.repeat(43);
const dump = newDumpId();
const requester = newPersonId();
const approvers = [newPersonId(), newPersonId(), newPersonId()];
const TERMS: GrantTerms = {
  scope: { kind: 'stack', threads: [0] },
  ranges: [{ address: '0x1000', part: null, offset: 0, length: 64 }],
  ...{ minutes: 30, bytes: BUDGET },
};

let database: TestDatabase;
let sql: pg.Pool;
let room: ReturnType<typeof openStrictStore>;
let keeper: ReturnType<typeof openStrictStore>;

beforeAll(async () => {
  database = await testDatabase();
  sql = new pg.Pool({ connectionString: database.urlFor('superuser'), max: 2 });
  room = openStrictStore(database.urlFor('ck_strict_api'), { connections: 8 });
  keeper = openStrictStore(database.urlFor('ck_keeper'), { connections: 8 });
  await sql.query(`INSERT INTO identity.person (id, name, login) VALUES ($1, 'Eve', 'eve')`, [requester]);
  await sql.query(`INSERT INTO identity.membership (person_id, project, role) VALUES ($1, $2, 'engineer')`, [
    ...[requester, PROJECT],
  ]);
  await sql.query(
    `INSERT INTO strict.dump (id, project, format, object_key, plain_bytes, sealed_bytes, vault_recipient,
      extraction_recipient, retain_until) VALUES ($1, $2, 'minidump', 'k', 64, 99, $3, $3, now() + interval '1 day')`,
    [dump, PROJECT, randomUUID()],
  );
});
afterAll(async () => {
  await Promise.all([room.close(), keeper.close(), sql.end()]);
});

const engineer: Actor = { person: requester, roles: [{ project: PROJECT, role: 'engineer' }] };
const security = (person: PersonId): Actor => ({ person, roles: [{ project: PROJECT, role: 'security' }] });
const about = { project: PROJECT, requester };
const asked: GrantRequest = {
  ...{ terms: TERMS, reason: 'x'.repeat(20), ticket: 'A-1' },
  ...{ policy: DEFAULT_POLICY, path: 'asked' as const, device: DEVICE },
};

async function request(): Promise<GrantId> {
  const id = newGrantId();
  await insertGrant(room.rows, decide(engineer, 'grant.request', about), { ...asked, id, dump, project: PROJECT });
  return id;
}

/** Two persons' approvals open it. */
const NEEDED = 2;

type Step =
  | { readonly do: 'approve' | 'deny'; readonly by: number; readonly narrow: boolean }
  | { readonly do: 'edit' | 'withdraw' | 'activate' | 'close' | 'revoke' }
  | { readonly do: 'read'; readonly bytes: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('approve' as const), by: fc.nat(2), narrow: fc.constant(false) }),
  },
  fc.record({ do: fc.constantFrom('approve' as const, 'deny' as const), by: fc.nat(2), narrow: fc.boolean() }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('activate' as const) }) },
  fc.record({ do: fc.constantFrom('edit' as const, 'withdraw' as const, 'close' as const, 'revoke' as const) }),
  { weight: 5, arbitrary: fc.record({ do: fc.constant('read' as const), bytes: fc.integer({ min: 1, max: 120 }) }) },
);

/** As the processes do it: each in a transaction of its own, deciding on the row that it has locked. */
async function run(id: GrantId, { ...what }: Step): Promise<boolean> {
  try {
    if (what.do === 'read') return (await read(id, what.bytes)) !== null;
    await room.transaction(async (rows) => {
      const grant = await lockGrant(rows, id);
      if (grant === null) throw new Error('no grant');
      if (what.do === 'approve' || what.do === 'deny') return approve(rows, grant, what);
      if (what.do === 'edit') {
        await editGrant(rows, decide(engineer, 'grant.edit', about), { ...asked, id, version: grant.version });
      } else if (what.do === 'activate') {
        await activateGrant(rows, decide(engineer, 'grant.activate', about), id, new Date(Date.now() + 3_600_000));
      } else if (what.do === 'withdraw')
        await endGrant(rows, 'withdraw', id, decide(engineer, 'grant.withdraw', about));
      else if (what.do === 'close') await endGrant(rows, 'close', id, decide(engineer, 'grant.close', about));
      else await endGrant(rows, 'revoke', id, decide(security(requester), 'grant.revoke', about));
      return undefined;
    });
    return true;
  } catch {
    return false;
  }
}

async function approve(
  rows: Parameters<typeof lockGrant>[0],
  grant: GrantRow,
  what: { readonly do: 'approve' | 'deny'; readonly by: number; readonly narrow: boolean },
): Promise<void> {
  const person = approvers[what.by] ?? requester;
  const narrowed =
    what.do === 'approve' && what.narrow ? { ...TERMS, minutes: grant.minutes, bytes: grant.bytes } : null;
  const signed = { narrowed, note: null, statement: '{}', credentialId: 'c', assertion: {} };
  const nonce = randomBytes(16).toString('hex');
  const permit = decide(security(person), 'grant.decide', about);
  await recordDecision(rows, permit, grant, { ...signed, decision: what.do, nonce }, NEEDED);
}

async function read(id: GrantId, bytes: number): Promise<unknown> {
  const grant = await findGrant(keeper.rows, id);
  if (grant === null) return null;
  const ranges = [{ offset: 0, length: bytes }];
  const mask = { id: randomUUID(), epoch: 0, hidden: 0 };
  const about = { grant: id, version: grant.version, dump, requester, device: DEVICE };
  return chargeRead(keeper.rows, { ...about, ranges, bytes, mask });
}

async function facts(id: GrantId): Promise<{ grant: GrantRow; approvals: number; charged: number }> {
  const grant = await findGrant(room.rows, id);
  if (grant === null) throw new Error('no grant');
  const { rows } = await sql.query<{ persons: number }>(
    `SELECT count(DISTINCT approver)::int AS persons FROM strict.access_approval
      WHERE grant_id = $1 AND grant_version = $2 AND decision = 'approve'`,
    [id, grant.version],
  );
  const leaves = await sql.query<{ bytes: number }>(
    `SELECT coalesce(sum((body::jsonb ->> 'bytes')::int), 0)::int AS bytes FROM ledger.leaf
      WHERE body::jsonb ->> 'grant' = $1 AND body::jsonb ->> 'act' = 'grant.read'`,
    [id],
  );
  return { grant, approvals: rows[0]?.persons ?? 0, charged: leaves.rows[0]?.bytes ?? 0 };
}

/** What must hold whatever was done in whatever order. */
async function requireSound(id: GrantId): Promise<void> {
  const { grant, approvals, charged } = await facts(id);
  expect(grant.usedBytes).toBeLessThanOrEqual(grant.bytes);
  expect(charged).toBe(grant.usedBytes);
  if (grant.state === 'approved' || grant.state === 'active') expect(approvals).toBeGreaterThanOrEqual(NEEDED);
  if (grant.state === 'exhausted') expect(grant.usedBytes).toBe(grant.bytes);
}

/** The model: the table of states, the quorum, the budget. */
class Model {
  state: GrantState = 'requested';
  used = 0;
  approved = new Set<number>();

  /** Whether the act may happen; if so, what it does. */
  take(what: Step): boolean {
    if (what.do === 'read') return this.#read(what.bytes);
    if (what.do === 'approve') return this.#approve(what.by, what.narrow);
    // A person decides once on a version: who approved it and thinks again revokes it once it is open.
    if (what.do === 'deny' && this.approved.has(what.by)) return false;
    return this.#act(what.do);
  }

  #act(act: GrantAct): boolean {
    try {
      this.state = stateAfter(this.state, act);
    } catch {
      return false;
    }
    if (act === 'edit') this.approved.clear();
    return true;
  }

  #approve(by: number, narrow: boolean): boolean {
    if (this.state !== 'requested' || (this.approved.has(by) && !narrow)) return false;
    if (narrow) this.approved.clear();
    this.approved.add(by);
    if (this.approved.size >= NEEDED) this.state = 'approved';
    return true;
  }

  #read(bytes: number): boolean {
    if (this.state !== 'active' || this.used + bytes > BUDGET) return false;
    this.used += bytes;
    if (this.used === BUDGET) this.state = 'exhausted';
    return true;
  }
}

class StepCommand implements fc.AsyncCommand<Model, { readonly id: GrantId }> {
  constructor(readonly what: Step) {}

  check(): boolean {
    return true;
  }

  async run(model: Model, { id }: { readonly id: GrantId }): Promise<void> {
    const terminal = isTerminal(model.state);
    const allowed = model.take(this.what);
    if (terminal) expect(allowed).toBe(false);
    expect(await run(id, this.what)).toBe(allowed);
    const grant = await findGrant(room.rows, id);
    expect({ state: grant?.state, used: grant?.usedBytes }).toEqual({ state: model.state, used: model.used });
  }

  toString(): string {
    return JSON.stringify(this.what);
  }
}

test('one after the other, PostgreSQL does what the table of states says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands([step.map((what) => new StepCommand(what))], { maxCommands: 25 }),
      async (commands) => {
        const id = await request();
        await fc.asyncModelRun(() => ({ model: new Model(), real: { id } }), commands);
        await requireSound(id);
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test('several at once, in any order: quorum, budget and ends hold, and each byte that was given is a leaf', async () => {
  const actors = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(actors, async (scripts) => {
      const id = await request();
      for (const by of [0, 1]) await run(id, { do: 'approve', by, narrow: false });
      await run(id, { do: 'activate' });
      await Promise.all(
        scripts.map(async (script) => {
          for (const what of script) await run(id, what);
        }),
      );
      await requireSound(id);
      const { grant } = await facts(id);
      if (!isTerminal(grant.state)) return;
      for (const what of scripts.flat()) expect(await run(id, what)).toBe(false);
      expect((await facts(id)).grant).toEqual(grant);
    }),
    { numRuns: 30 },
  );
}, 120_000);
