import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GrantId, newDumpId, newGrantId } from '@crashkeep/ids';
import { type Forgery, KeeperTestbed, STACK } from '../keeper.testbed.js';

/** What a grant's row looks like when it is open. */
const OPEN = `UPDATE strict.access_grant SET state = 'active', activated_at = now(), expires_at = now() + interval '9 min' WHERE id = $1`;

let bed: KeeperTestbed;

beforeAll(async () => {
  bed = await KeeperTestbed.open();
  await bed.pinRoot();
});
afterAll(() => bed.close());

/** No byte, nothing charged, and a leaf that says why. */
async function expectRefused(id: GrantId, code: string): Promise<void> {
  const before = (await bed.grant(id)).usedBytes;
  await expect(bed.read(id, STACK.offset, 16)).rejects.toThrow(code);
  expect((await bed.grant(id)).usedBytes).toBe(before);
  expect((await bed.leaves(id)).at(-1)).toMatchObject({ act: 'read.denied', code });
}

describe('somebody writes the database at will', () => {
  test('a grant that nobody approved', async () => {
    const id = await bed.request();
    await bed.forge(OPEN, id);
    await expectRefused(id, 'access.approval-missing');
  });

  test.each<[string, string]>([
    ['a larger budget', 'budget_bytes = 1000000'],
    ['more minutes', 'minutes = 240'],
    ['another requester', `requester = (SELECT id FROM identity.person WHERE name = 'security')`],
    ['another scope', `scope_detail = '{"kind":"stack","threads":[0,1]}'`],
    ['another device', `device = 'laptop'`],
    ['another policy', `policy = 'default/0'`],
  ])('%s than was signed', async (what, change) => {
    const id = await bed.live();
    await bed.forge(`UPDATE strict.access_grant SET ${change} WHERE id = $1`, id);
    await expectRefused(id, what === 'another requester' ? 'access.not-requester' : 'access.approval-unsound');
  });

  test('one range more, or a longer one', async () => {
    const id = await bed.live();
    await bed.forge(`INSERT INTO strict.access_grant_range VALUES ($1, 1, 1, 0, 4096, '0x1000')`, id);
    await expectRefused(id, 'access.approval-unsound');
    const other = await bed.live();
    await bed.forge(`UPDATE strict.access_grant_range SET length = length + 1 WHERE grant_id = $1`, other);
    await expectRefused(other, 'access.approval-unsound');
  });

  test('an approved version under another number', async () => {
    const id = await bed.live();
    await bed.forge(`UPDATE strict.access_grant_range SET version = 2 WHERE grant_id = $1`, id);
    await bed.forge(`UPDATE strict.access_approval SET grant_version = 2 WHERE grant_id = $1`, id);
    await bed.forge(`UPDATE strict.access_grant SET version = 2 WHERE id = $1`, id);
    await expectRefused(id, 'access.approval-unsound');
  });

  test('the approval of one grant, copied to another', async () => {
    const [from, id] = [await bed.live(), await bed.request()];
    await bed.forge(
      `INSERT INTO strict.access_approval SELECT gen_random_uuid(), $2, grant_version, approver, decision, reason, statement,
        credential_id, assertion, nonce || 'x', decided_at FROM strict.access_approval WHERE grant_id = $1`,
      ...[from, id],
    );
    await bed.forge(OPEN, id);
    await expectRefused(id, 'access.approval-unsound');
  });

  test('a grant that is turned to another dump', async () => {
    const id = await bed.live();
    const other = newDumpId();
    await bed.forge(
      `INSERT INTO strict.dump (id, project, format, object_key, plain_bytes, sealed_bytes, vault_header, vault_recipient,
        extraction_recipient, retain_until)
        SELECT $1, project, format, $2, plain_bytes, sealed_bytes, vault_header, vault_recipient, extraction_recipient, retain_until
        FROM strict.dump WHERE id = $3`,
      ...[other, `00/${other}.dump`, bed.dump],
    );
    await bed.forge(`UPDATE strict.access_grant SET dump_id = $2 WHERE id = $1`, id, other);
    await expectRefused(id, 'access.approval-unsound');
  });

  test('another payload and header under the dump that was approved', async () => {
    const id = await bed.live();
    const { rows } = await bed.sql.query<{ object_key: string }>('SELECT object_key FROM strict.dump WHERE id = $1', [
      bed.dump,
    ]);
    await bed.forge(`UPDATE strict.dump SET object_key = 'ff/elsewhere.dump' WHERE id = $1`, bed.dump);
    await expect(bed.read(id, STACK.offset, 16)).rejects.toThrow('access.dump-unreadable');
    await bed.forge(`UPDATE strict.dump SET object_key = $2 WHERE id = $1`, bed.dump, rows[0]?.object_key);
    expect(await bed.read(id, STACK.offset, 16)).toHaveLength(16);
  });

  test('more time than minutes allow, and more than was signed', async () => {
    const id = await bed.live({ minutes: 5 });
    await bed.forge(`UPDATE strict.access_grant SET expires_at = expires_at + interval '1 hour' WHERE id = $1`, id);
    await expectRefused(id, 'access.approval-unsound');
    const other = await bed.live({ minutes: 5 });
    const week = `activated_at = activated_at + interval '7 days', expires_at = expires_at + interval '7 days'`;
    await bed.forge(`UPDATE strict.access_grant SET ${week} WHERE id = $1`, other);
    await expectRefused(other, 'access.approval-unsound');
  });

  test("the keeper's own clock against the signed end, when the rows say there is time", async () => {
    const id = await bed.request({ minutes: 5 });
    await bed.approve(id, bed.people.security, { notAfter: new Date(Date.now() - 1000) });
    await bed.forge(
      `UPDATE strict.access_grant SET state = 'active', activated_at = now() - interval '3 min', expires_at = now() - interval '2 sec' WHERE id = $1`,
      id,
    );
    await expectRefused(id, 'access.expired');
  });

  test('an ended grant is not opened again, nor a budget refilled', async () => {
    const id = await bed.live();
    await bed.read(id, STACK.offset, 16);
    await expect(bed.forge(`UPDATE strict.access_grant SET used_bytes = 0 WHERE id = $1`, id)).rejects.toThrow();
    await bed.forge(`UPDATE strict.access_grant SET state = 'revoked' WHERE id = $1`, id);
    await expect(bed.forge(`UPDATE strict.access_grant SET state = 'active' WHERE id = $1`, id)).rejects.toThrow();
    await expectRefused(id, 'access.revoked');
  });
});

describe('an approval that is none', () => {
  test.each<[string, Forgery]>([
    ['no user verification', { slip: { verified: false } }],
    ['another page', { slip: { origin: 'http://localhost:8080' } }],
    ['another relying party', { slip: { rpId: 'localhost' } }],
    ['an origin in the statement that is not ours', { origin: 'http://room.evil.example' }],
    ['another grant', { signed: { id: newGrantId() } }],
    ['another version', { signed: { version: 7 } }],
    ['another dump', { signed: { dump: newDumpId() } }],
    ['fewer bytes', { signed: { bytes: 1 } }],
    ['a signature with a bit flipped', { assertion: (given) => withSignature(given, flipped) }],
    ['no signature', { assertion: (given) => withSignature(given, () => Buffer.alloc(0)) }],
    ['no assertion at all', { assertion: () => ({}) as never }],
  ])('%s', async (_what, forgery) => {
    await expectRefused(await bed.live({}, bed.people.security, forgery), 'access.approval-unsound');
  });

  test('by the requester, whatever roles were written for them', async () => {
    const id = await bed.request();
    await bed.approve(id, bed.people.engineer);
    expect((await bed.grant(id)).state).toBe('requested');
    await bed.forge(OPEN, id);
    await expectRefused(id, 'access.same-person');
  });

  test('by an engineer, an auditor, and an admin whose passkey is not the root', async () => {
    for (const role of ['engineer', 'auditor', 'admin'] as const) {
      await expectRefused(await bed.live({}, await bed.someone(role)), 'access.approver-unfit');
    }
  });

  test('by one whose role was taken, whose passkey was revoked, who was disabled', async () => {
    for (const loss of [
      'DELETE FROM identity.room_role WHERE person_id = $1',
      'UPDATE identity.passkey SET revoked_at = now() WHERE person_id = $1',
      'UPDATE identity.person SET disabled_at = now() WHERE id = $1',
    ]) {
      const security = await bed.someone('security');
      const id = await bed.live({}, security);
      await bed.read(id, STACK.offset, 1);
      await bed.forge(loss, security.id);
      await expectRefused(id, 'access.approver-unfit');
    }
  });

  test("by another person's passkey", async () => {
    const id = await bed.live();
    await bed.forge(`UPDATE strict.access_approval SET approver = $2 WHERE grant_id = $1`, id, bed.people.admin.id);
    await expectRefused(id, 'access.approver-unfit');
  });

  test('a key that was put under the id of the root passkey', async () => {
    const id = await bed.live({}, bed.people.admin);
    await bed.read(id, STACK.offset, 1);
    const thief = await bed.someone('security');
    await bed.forge(
      `UPDATE identity.passkey SET public_key = $2 WHERE credential_id = $1`,
      bed.people.admin.passkey.id,
      thief.passkey.coseKey,
    );
    expect(await bed.read(id, STACK.offset, 1)).toHaveLength(1); // the pinned key counts, not the row
    const { id: adminId, passkey } = bed.people.admin;
    const forged = await bed.request();
    await bed.approve(forged, thief, { assertion: (given) => ({ ...given, id: passkey.id, rawId: passkey.id }) });
    const change = 'UPDATE strict.access_approval SET credential_id = $2, approver = $3 WHERE grant_id = $1';
    await bed.forge(change, forged, passkey.id, adminId);
    await bed.activate(forged);
    await expectRefused(forged, 'access.approval-unsound');
  });

  test('a denial is no approval', async () => {
    const id = await bed.live();
    await bed.forge(`UPDATE strict.access_approval SET decision = 'deny' WHERE grant_id = $1`, id);
    await expectRefused(id, 'access.approval-missing');
  });

  test('text that is not the statement', async () => {
    const id = await bed.live();
    for (const text of ['', '{}', 'null', randomBytes(20).toString('hex')]) {
      await bed.forge(`UPDATE strict.access_approval SET statement = $2 WHERE grant_id = $1`, id, text);
      await expectRefused(id, 'access.approval-unsound');
    }
  });
});

test('until a root passkey is pinned, nothing is read', async () => {
  const fresh = await KeeperTestbed.open();
  try {
    const id = await fresh.live();
    await expect(fresh.read(id, STACK.offset, 1)).rejects.toThrow('access.approval-unsound');
    expect(await fresh.client.ping()).toEqual({ root: null });
    await fresh.pinRoot();
    expect(await fresh.read(id, STACK.offset, 1)).toHaveLength(1);
    const root = { credential: randomUUID(), publicKey: 'AA', person: fresh.people.engineer.id };
    await expect(fresh.client.pinRoot(root)).rejects.toThrow('keeper.root-pinned');
    await fresh.pinRoot();
    expect(await fresh.client.ping()).toEqual({ root: fresh.people.admin.passkey.id });
  } finally {
    await fresh.close();
  }
});

function withSignature<A extends { response: { signature: string } }>(
  assertion: A,
  change: (bytes: Buffer) => Buffer,
): A {
  const signature = change(Buffer.from(assertion.response.signature, 'base64url')).toString('base64url');
  return { ...assertion, response: { ...assertion.response, signature } };
}

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1;
  return copy;
}
