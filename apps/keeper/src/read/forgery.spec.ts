import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GrantId, newDumpId, newGrantId } from '@crashkeep/ids';
import { SoftwareDevice } from '@crashkeep/testkit';
import { DEFAULT_POLICY } from '@crashkeep/access';
import { proposeStatement } from '@crashkeep/strict-store';
import { type Forgery, KeeperTestbed, PROJECT, STACK, type Someone } from '../keeper.testbed.js';

const { name: _name, ...RULES } = DEFAULT_POLICY;
const STACK_RULE = { approvals: 1, minutesMax: 240, budgetMax: 16 * 1024 * 1024, hardened: false };

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
    const codes: Record<string, string> = {
      'another requester': 'access.not-requester',
      'another device': 'access.device-revoked',
    };
    await expectRefused(id, codes[what] ?? 'access.approval-unsound');
  });

  test('a device of the thief’s, named for the requester and written over the one that was signed', async () => {
    const [id, { engineer }] = [await bed.live(), bed.people];
    const device = await SoftwareDevice.make();
    await bed.nameDevice({ ...engineer, device });
    await bed.forge('UPDATE strict.access_grant SET device = $2 WHERE id = $1', id, device.thumbprint);
    await expect(bed.read(id, STACK.offset, 16, { id: engineer.id, device })).rejects.toThrow(
      'access.approval-unsound',
    );
  });

  test('one range more, or a longer one', async () => {
    const id = await bed.live();
    await bed.forge(
      `INSERT INTO strict.access_grant_range (grant_id, version, ordinal, "offset", length, address) VALUES ($1, 1, 1, 0, 4096, '0x1000')`,
      id,
    );
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

  test('by one whose role or passkey was ended, who was disabled', async () => {
    for (const at of [0, 1, 2]) {
      const security = await bed.someone('security', false);
      const statements = await bed.vouchFor(security, 'security');
      const id = await bed.live({}, security);
      await bed.read(id, STACK.offset, 1);
      const loss = statements[at];
      if (loss === undefined) {
        await bed.forge('ALTER TABLE identity.person DISABLE TRIGGER takes_their_grants');
        await bed.forge('UPDATE identity.person SET disabled_at = now() WHERE id = $1', security.id);
        await bed.forge('ALTER TABLE identity.person ENABLE TRIGGER takes_their_grants');
      } else await bed.forge('UPDATE strict.statement SET ended_at = now() WHERE id = $1', loss.id);
      await expectRefused(id, 'access.approver-unfit');
    }
  });

  test("by another person's passkey", async () => {
    const id = await bed.live();
    await bed.forge(`UPDATE strict.access_approval SET approver = $2 WHERE grant_id = $1`, id, bed.people.admin.id);
    await expectRefused(id, 'access.approver-unfit');
  });

  test('a key that was put under the id of the root passkey', async () => {
    const thief = await bed.someone('security', false);
    const { id: person, passkey } = bed.people.admin;
    const publicKey = thief.passkey.coseKey.toString('base64url');
    const planted = { kind: 'credential', id: randomUUID(), person, credential: passkey.id, publicKey } as const;
    await proposeStatement(bed.strict.rows, planted, null);
    await bed.forge(
      `UPDATE identity.passkey SET public_key = $2 WHERE credential_id = $1`,
      ...[passkey.id, thief.passkey.coseKey],
    );
    const id = await bed.live({}, bed.people.admin);
    expect(await bed.read(id, STACK.offset, 1)).toHaveLength(1); // the pinned key counts, not the rows
    const forged = await bed.request();
    await bed.approve(forged, thief, { assertion: (given) => ({ ...given, id: passkey.id, rawId: passkey.id }) });
    const change = 'UPDATE strict.access_approval SET credential_id = $2, approver = $3 WHERE grant_id = $1';
    await bed.forge(change, forged, passkey.id, person);
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

/** With every right on the database and no key of an honest person: rows of each kind that a right rests on. */
describe('somebody who writes the database makes no approver', () => {
  test('a person, a role, a passkey: rows alone', async () => {
    await expectRefused(await bed.live({}, await bed.someone('security', false)), 'access.approver-unfit');
  });

  test.each<[string, (thief: Someone) => Promise<unknown>]>([
    ['statements that nobody signed', (thief) => bed.vouchFor(thief, 'security', [])],
    ['statements that they signed themselves', (thief) => bed.vouchFor(thief, 'security', [thief])],
    [
      'statements that two of their making signed',
      async (thief) => {
        const friend = await bed.someone('security', false);
        await bed.vouchFor(friend, 'admin', [thief, friend]);
        await bed.vouchFor(friend, 'security', [thief, friend]);
        await bed.vouchFor(thief, 'admin', [thief, friend]);
        await bed.vouchFor(thief, 'security', [thief, friend]);
      },
    ],
    [
      'a real role of another, with their name written over it',
      async (thief) => {
        await bed.vouchFor(thief, 'security', [thief]);
        await bed.forge('ALTER TABLE strict.statement DISABLE TRIGGER statement_keeps_its_words');
        await bed.forge(
          `UPDATE strict.statement SET text = replace(text, $1::text, $2::text) WHERE kind = 'role' AND person_id = $1::uuid`,
          ...[bed.people.security.id, thief.id],
        );
        await bed.forge('ALTER TABLE strict.statement ENABLE TRIGGER statement_keeps_its_words');
      },
    ],
    [
      "root's signature, with its text changed",
      async (thief) => {
        const statements = await bed.vouchFor(thief, 'security', [bed.people.admin]);
        await bed.forge(
          `UPDATE strict.statement_signature SET text = replace(text, 'http:', 'https:')
        WHERE text LIKE '%' || $1 || '%'`,
          statements[0]?.id,
        );
      },
    ],
    [
      "root's signature without user verification",
      async (thief) => {
        const statements = await bed.vouchFor(thief, 'security', []);
        await bed.sign(bed.people.admin, statements, { verified: false });
      },
    ],
    [
      "root's signature from another page",
      async (thief) => {
        const statements = await bed.vouchFor(thief, 'security', []);
        await bed.sign(bed.people.admin, statements, { origin: 'http://localhost:8080', rpId: 'localhost' });
      },
    ],
    [
      "an approval's signature in place of one over statements",
      async (thief) => {
        const statements = await bed.vouchFor(thief, 'security', [thief]);
        const id = await bed.live({}, bed.people.admin);
        await bed.forge(
          `UPDATE strict.statement_signature SET signer = $2, credential_id = $3, assertion = (
            SELECT assertion FROM strict.access_approval WHERE grant_id = $1 LIMIT 1) WHERE text LIKE '%' || $4 || '%'`,
          ...[id, bed.people.admin.id, bed.people.admin.passkey.id, statements[0]?.id],
        );
      },
    ],
  ])('%s', async (_what, forge) => {
    const thief = await bed.someone('security', false);
    await forge(thief);
    const good = await bed.live();
    await expectRefused(await bed.live({}, thief), 'access.approver-unfit');
    if (_what.startsWith('a real role')) {
      // The honest role is gone with its words: a denial, which whoever writes the database can always do.
      await expectRefused(good, 'access.approver-unfit');
      await bed.vouchFor(bed.people.security, 'security');
    }
    expect(await bed.read(good, STACK.offset, 1)).toHaveLength(1);
  });

  test('a policy that nobody signed opens nothing', async () => {
    const rules = {
      ...RULES,
      scopes: { ...RULES.scopes, stack: { ...STACK_RULE, budgetMax: 2 ** 40, minutesMax: 1440 } },
    };
    const policy = { kind: 'policy', id: randomUUID(), project: PROJECT, number: 9, rules } as const;
    await proposeStatement(bed.strict.rows, policy, null);
    const id = await bed.live({ bytes: 17 * 1024 * 1024 });
    await expectRefused(id, 'access.bytes-out-of-bounds');
    const other = await bed.live();
    await bed.forge('UPDATE strict.access_grant SET policy = $2 WHERE id = $1', other, policy.id);
    await expectRefused(other, 'access.approval-unsound');
  });

  test('a recipient: its row is signed by a key that is not the keeper’s', async () => {
    const { rows } = await bed.sql.query<{ signature: string }>('SELECT signature FROM strict.recipient LIMIT 1');
    expect(rows[0]?.signature).toMatch(/^[A-Za-z0-9_-]{86}$/); // what ingest does with a forged one: recipient-book.spec.ts
    const id = await bed.live();
    await bed.forge(
      `UPDATE strict.dump SET vault_recipient = (SELECT id FROM strict.recipient WHERE kind = 'vault'
      ORDER BY period DESC LIMIT 1) WHERE id = $1`,
      bed.dump,
    );
    await expect(bed.read(id, STACK.offset, 16)).rejects.toThrow('access.dump-unreadable');
    await bed.forge(
      `UPDATE strict.dump SET vault_recipient = (SELECT id FROM strict.recipient WHERE kind = 'vault'
      ORDER BY period LIMIT 1) WHERE id = $1`,
      bed.dump,
    );
    expect(await bed.read(id, STACK.offset, 16)).toHaveLength(16);
  });

  test('an approval after edit and revert: the version it was given for is gone', async () => {
    const id = await bed.live();
    await bed.forge(
      `INSERT INTO strict.access_grant_range (grant_id, version, ordinal, "offset", length, address)
      SELECT grant_id, 2, ordinal, "offset", length, address FROM strict.access_grant_range WHERE grant_id = $1`,
      id,
    );
    await bed.forge(`UPDATE strict.access_grant SET version = 2, state = 'requested' WHERE id = $1`, id);
    await bed.forge(`UPDATE strict.access_approval SET grant_version = 2 WHERE grant_id = $1`, id);
    await bed.forge(OPEN, id);
    await expectRefused(id, 'access.approval-unsound');
  });

  test('header and payload carried to another dump, and to another project', async () => {
    const copy = async (project: string): Promise<GrantId> => {
      const dump = newDumpId();
      await bed.forge(
        `INSERT INTO strict.dump (id, project, format, object_key, plain_bytes, sealed_bytes, vault_header, vault_recipient,
          extraction_recipient, retain_until) SELECT $1, $4, format, object_key || $2, plain_bytes, sealed_bytes, vault_header,
          vault_recipient, extraction_recipient, retain_until FROM strict.dump WHERE id = $3`,
        ...[dump, `.${project}`, bed.dump, project],
      );
      await bed.copyObject(`.${project}`);
      // As if a worker had screened the copy: so that it is the header that refuses.
      await bed.mask({}, { dump, project });
      const id = await bed.request();
      await bed.forge('UPDATE strict.access_grant SET dump_id = $2, project = $3 WHERE id = $1', id, dump, project);
      await bed.approve(id, bed.people.admin);
      await bed.forge(OPEN, id);
      return id;
    };
    await expect(bed.read(await copy(PROJECT), STACK.offset, 16)).rejects.toThrow('access.dump-unreadable');
    await bed.forge(
      `INSERT INTO identity.membership (person_id, project, role) VALUES ($1, 'elsewhere', 'engineer')`,
      bed.people.engineer.id,
    );
    await expect(bed.read(await copy('elsewhere'), STACK.offset, 16)).rejects.toThrow('access.dump-unreadable');
  });
});

test('until a root passkey is pinned, nothing is read', async () => {
  const fresh = await KeeperTestbed.open();
  try {
    const id = await fresh.live();
    await expect(fresh.read(id, STACK.offset, 1)).rejects.toThrow('access.approval-unsound');
    expect((await fresh.client.ping()).root).toBeNull();
    await fresh.pinRoot();
    expect(await fresh.read(id, STACK.offset, 1)).toHaveLength(1);
    const root = { credential: randomUUID(), publicKey: 'AA', person: fresh.people.engineer.id };
    await expect(fresh.client.pinRoot(root)).rejects.toThrow('keeper.root-pinned');
    await fresh.pinRoot();
    expect((await fresh.client.ping()).root?.credential).toBe(fresh.people.admin.passkey.id);
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
