import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Member,
  PROJECT,
  RoomTestbed,
  decideBy,
  enrolPasskey,
  readBytes,
  signFor,
  signStatements,
  stepUp,
} from './room.testbed.js';

interface Seen {
  readonly id: string;
  readonly statement: { readonly kind: string; readonly person?: string; readonly role?: string };
  readonly counts: boolean;
  readonly signers: readonly { readonly id: string }[];
  readonly may: { readonly sign: boolean; readonly end: boolean };
}

let bed: RoomTestbed;
let root: Member;

beforeAll(async () => {
  bed = await RoomTestbed.open();
  root = await bed.firstAdmin();
});
afterAll(() => bed.close());

const seenBy = async ({ visitor }: Member): Promise<readonly Seen[]> =>
  (await visitor.expect(200, 'GET', '/statements'))['statements'] as Seen[];

const about = async (by: Member, whom: Member): Promise<readonly Seen[]> =>
  (await seenBy(by)).filter(({ statement }) => statement.person === whom.id);

test('after the first run the roles of its holder and the keeper’s key wait for root, who signs them at one touch', async () => {
  const waiting = await seenBy(root);
  expect(waiting.map(({ statement, counts }) => [statement.kind, statement.role, counts])).toEqual([
    ['role', 'admin', false],
    ['role', 'security', false],
    ['keeper-key', undefined, false],
  ]);
  await signStatements(
    root,
    waiting.map(({ id }) => id),
  );
  expect((await seenBy(root)).every(({ counts, signers }) => counts && signers[0]?.id === root.id)).toBe(true);
  expect((await bed.leaves('statement.signed')).map(({ kind, counts }) => [kind, counts])).toEqual([
    ['role', true],
    ['role', true],
    ['keeper-key', true],
  ]);
});

test('a role and a passkey that nobody signed decide nothing, see nothing and sign nothing', async () => {
  const security = await bed.invited(root, 'security', PROJECT, false);
  const engineer = await bed.engineer();
  expect(await security.visitor.expect(200, 'GET', '/session')).toMatchObject({
    roles: [],
    waiting_roles: [{ project: PROJECT, role: 'security' }],
  });
  const id = await bed.request(engineer);
  await security.visitor.refused(404, 'access.grant-unknown', 'POST', `/grants/${id}/challenge`, {
    decision: 'approve',
    version: 1,
  });
  await security.visitor.refused(403, 'access.not-allowed', 'GET', '/statements');
  const own = (await about(root, security)).map((it) => it.id);
  await security.visitor.refused(403, 'access.statement-own', 'POST', '/statements/challenge', { statements: own });
  const roles = (await about(root, security)).filter(({ statement }) => statement.kind === 'role').map((it) => it.id);
  await signStatements(root, roles);
  await security.visitor.refused(409, 'room.passkey-unsigned', 'POST', `/grants/${id}/challenge`, {
    decision: 'approve',
    version: 1,
  });
  await signFor(root, security);
  expect(await decideBy(security, id, { decision: 'approve', version: 1 })).toMatchObject({ state: 'approved' });
});

test('a new passkey needs another security person; two make a role, one of them admin', async () => {
  const [security, admin] = [await bed.invited(root, 'security'), await bed.invited(root, 'admin')];
  const next = await bed.invited(root, 'security', PROJECT, false);
  const of = async (kind: string): Promise<Seen> => {
    const found = (await about(root, next)).find(({ statement }) => statement.kind === kind);
    if (found === undefined) throw new Error(`no ${kind}`);
    return found;
  };
  await signStatements(security, [(await of('credential')).id]);
  expect(await of('credential')).toMatchObject({ counts: true, signers: [{ id: security.id }] });
  await signStatements(security, [(await of('role')).id]);
  expect(await of('role')).toMatchObject({ counts: false });
  await signStatements(admin, [(await of('role')).id]);
  expect(await of('role')).toMatchObject({ counts: true });
  // What they decide is worth a byte: the keeper follows the same chain by itself.
  const engineer = await bed.engineer();
  const live = await bed.live(engineer, next);
  expect((await readBytes(engineer, live, '0x7f0000000000', 8)).status).toBe(200);
  // With the admin's role goes what rested on it, and the open grant with that.
  await stepUp(root);
  await root.visitor.expect(200, 'PUT', `/people/${admin.id}/roles`, { roles: [] });
  expect(await of('role')).toMatchObject({ counts: false });
  expect((await engineer.visitor.expect(200, 'GET', `/grants/${live}`))['state']).toBe('revoked');
});

describe('a signature that is none', () => {
  test('used twice, another page’s, without a verified user, over what was ended', async () => {
    const next = await bed.invited(root, 'security', PROJECT, false);
    const ids = (await about(root, next)).map(({ id }) => id);
    const challenge = async (): Promise<{ nonce: string; challenge: string }> => {
      const { nonce, options } = await root.visitor.expect(200, 'POST', '/statements/challenge', { statements: ids });
      return { nonce: String(nonce), challenge: (options as { challenge: string }).challenge };
    };
    for (const slip of [{ verified: false }, { origin: 'http://localhost:8080' }, { counter: 1 }]) {
      const offered = await challenge();
      const body = { nonce: offered.nonce, assertion: root.passkey.sign(offered.challenge, slip) };
      await root.visitor.refused(403, 'access.assertion-refused', 'POST', '/statements/signatures', body);
      await root.visitor.refused(409, 'access.challenge-unknown', 'POST', '/statements/signatures', body);
    }
    const offered = await challenge();
    await stepUp(root);
    await root.visitor.expect(200, 'PUT', `/people/${next.id}/roles`, { roles: [] });
    const body = { nonce: offered.nonce, assertion: root.passkey.sign(offered.challenge) };
    await root.visitor.refused(404, 'access.statement-unknown', 'POST', '/statements/signatures', body);
  });

  test('by a passkey that nobody signed for', async () => {
    const security = await bed.invited(root, 'security');
    const next = await bed.invited(root, 'security', PROJECT, false);
    await stepUp(security);
    const unsigned: Member = { ...security, passkey: await enrolPasskey(security.visitor) };
    const ids = (await about(root, next)).map(({ id }) => id);
    const { nonce, options } = await security.visitor.expect(200, 'POST', '/statements/challenge', { statements: ids });
    const assertion = unsigned.passkey.sign((options as { challenge: string }).challenge);
    await security.visitor.refused(403, 'access.passkey-unsigned', 'POST', '/statements/signatures', {
      nonce,
      assertion,
    });
    expect((await about(root, next)).every(({ signers }) => signers.length === 0)).toBe(true);
  });
});

test('an older folder: rows without statements are put up for signature once, and count when root has signed', async () => {
  const old = await bed.invited(root, 'security', PROJECT, false);
  await bed.sql.query('DELETE FROM strict.statement WHERE person_id = $1', [old.id]);
  const { proposeMissing } = await import('./statements/missing.js');
  expect(await proposeMissing(bed.room)).toBe(2);
  expect(await proposeMissing(bed.room)).toBe(0);
  await signFor(root, old);
  expect((await old.visitor.expect(200, 'GET', '/session'))['roles']).toEqual([{ project: PROJECT, role: 'security' }]);
});
