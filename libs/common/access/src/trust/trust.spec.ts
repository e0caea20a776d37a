import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../policy/access-policy.js';
import type { PolicyRules } from '../policy/policy-rules.js';
import { type Statement, parseStatement, statementText } from './statement.js';
import { OTHER, P, Rows, type Someone, groundOf, someone } from './trust.testbed.js';
import { Trust } from './trust.js';

const { name: _name, ...RULES } = DEFAULT_POLICY;

/** Root, and a person whose role and passkey root has signed. */
async function withSecurity(project: typeof P | '*' = P): Promise<{ rows: Rows; root: Someone; security: Someone }> {
  const [rows, root, security] = [new Rows(), someone(), someone()];
  await rows.sign(root, [rows.role(security.person, 'security', project), rows.credential(security)]);
  return { rows, root, security };
}

const decides = async (rows: Rows, root: Someone | null, { person, key }: Someone, project = P): Promise<boolean> =>
  (await rows.trust(root)).approvalKey(person, key.credential, project)?.publicKey === key.publicKey;

const policy = (rules: PolicyRules, number = 1): Statement => ({
  ...{ kind: 'policy', id: randomUUID(), project: P, number, rules },
});

describe('what makes an approver', () => {
  test('root, by the pinned passkey alone', async () => {
    const [rows, root] = [new Rows(), someone()];
    expect(await decides(rows, root, root)).toBe(true);
    expect(await decides(rows, null, root)).toBe(false);
    const second = { ...someone(), person: root.person };
    rows.credential({ person: root.person, key: { ...second.key, person: root.person } });
    expect(await decides(rows, root, second)).toBe(false);
  });

  test('a role and a passkey that root signed, in their project', async () => {
    const { rows, root, security } = await withSecurity();
    expect(await decides(rows, root, security)).toBe(true);
    expect(await decides(rows, root, security, OTHER)).toBe(false);
    expect(await decides(rows, someone(), security)).toBe(false);
    const everywhere = await withSecurity('*');
    expect(await decides(everywhere.rows, everywhere.root, everywhere.security, OTHER)).toBe(true);
  });

  test.each<[string, (rows: Rows, root: Someone, thief: Someone) => Promise<unknown>]>([
    [
      'rows without any signature',
      (rows, _root, thief) => Promise.resolve([rows.role(thief.person, 'security'), rows.credential(thief)]),
    ],
    [
      'signed by themselves',
      (rows, _root, thief) => rows.sign(thief, [rows.role(thief.person, 'security'), rows.credential(thief)]),
    ],
    [
      'a role that root signed, and a passkey that nobody did',
      async (rows, root, thief) => {
        await rows.sign(root, [rows.role(thief.person, 'security')]);
        await rows.sign(thief, [rows.credential(thief)]);
      },
    ],
    ['a passkey that root signed, and no role', (rows, root, thief) => rows.sign(root, [rows.credential(thief)])],
    [
      "root's signature on the page of another origin",
      (rows, root, thief) =>
        rows.sign(root, [rows.role(thief.person, 'security'), rows.credential(thief)], {
          origin: 'http://localhost:8080',
        }),
    ],
    [
      "root's signature under another's name",
      (rows, root, thief) =>
        rows.sign(root, [rows.role(thief.person, 'security'), rows.credential(thief)], { signer: thief.person }),
    ],
    [
      'the role of an auditor and admin',
      (rows, root, thief) =>
        rows.sign(root, [rows.role(thief.person, 'auditor'), rows.role(thief.person, 'admin'), rows.credential(thief)]),
    ],
    [
      'words changed after the signature',
      async (rows, root, thief) => {
        const [victim, credential] = [someone(), rows.credential(thief)];
        const role = rows.role(victim.person, 'security');
        await rows.sign(root, [role, credential]);
        rows.end(role);
        rows.add({ ...role, person: thief.person } as Statement);
      },
    ],
    [
      'another key under the name of a passkey that counts, beside it and before it',
      async (rows, root, thief) => {
        const security = someone();
        await rows.sign(root, [rows.role(security.person, 'security'), rows.credential(security)]);
        rows.statements.unshift(
          statementText({
            ...{ kind: 'credential', id: randomUUID(), person: security.person },
            ...{ credential: security.key.credential, publicKey: thief.key.publicKey },
          }),
        );
        Object.assign(thief, { person: security.person, key: { ...thief.key, credential: security.key.credential } });
      },
    ],
  ])('not %s', async (_what, forge) => {
    const [rows, root, thief] = [new Rows(), someone(), someone()];
    await forge(rows, root, thief);
    expect(await decides(rows, root, thief)).toBe(false);
  });

  test('a chain: security vouches for a passkey, an admin and another give a role', async () => {
    const { rows, root, security } = await withSecurity();
    const [admin, next] = [someone(), someone()];
    await rows.sign(root, [rows.role(admin.person, 'admin'), rows.credential(admin)]);
    const [role, credential] = [rows.role(next.person, 'security'), rows.credential(next)];
    await rows.sign(admin, [role, credential]);
    expect(await decides(rows, root, next)).toBe(false);
    await rows.sign(security, [credential]);
    expect(await decides(rows, root, next)).toBe(false);
    await rows.sign(security, [role]);
    expect(await decides(rows, root, next)).toBe(true);
    // Whoever goes takes along what rested on them alone.
    const adminRole = rows.statements.find(
      (text) => parseStatement(text)?.kind === 'role' && text.includes(admin.person),
    );
    rows.end(parseStatement(adminRole ?? '') as Statement);
    expect(await decides(rows, root, next)).toBe(false);
  });

  test('two who vouch only for each other are nobody', async () => {
    const [rows, root, a, b] = [new Rows(), someone(), someone(), someone()];
    const all = [a, b].flatMap((it) => [
      rows.role(it.person, 'security'),
      rows.role(it.person, 'admin'),
      rows.credential(it),
    ]);
    await rows.sign(a, all);
    await rows.sign(b, all);
    expect(await decides(rows, root, a)).toBe(false);
    expect(await decides(rows, root, b)).toBe(false);
  });

  test('security of one project vouches there and nowhere else', async () => {
    const { rows, root, security } = await withSecurity(P);
    const next = someone();
    await rows.sign(root, [rows.role(next.person, 'security', '*')]);
    await rows.sign(security, [rows.credential(next)]);
    expect(await decides(rows, root, next, P)).toBe(true);
    expect(await decides(rows, root, next, OTHER)).toBe(false);
  });

  test('one security person alone makes nobody, and not themselves anything more', async () => {
    const { rows, root, security } = await withSecurity();
    const thief = someone();
    await rows.sign(security, [
      rows.role(thief.person, 'security'),
      rows.credential(thief),
      rows.role(security.person, 'admin'),
      rows.role(security.person, 'security', OTHER),
    ]);
    const trust = await rows.trust(root);
    expect(trust.approvalKey(thief.person, thief.key.credential, P)).toBeNull();
    expect(trust.holds(security.person, 'admin', P)).toBe(false);
    expect(trust.holds(security.person, 'security', OTHER)).toBe(false);
  });
});

describe('a policy', () => {
  const strict: PolicyRules = { ...RULES, scopes: { ...RULES.scopes, whole: null } };

  test('is the house’s own until one is signed, and then the highest number that counts', async () => {
    const { rows, root, security } = await withSecurity();
    const [one, two] = [policy(strict), policy(RULES, 2)];
    rows.add(one);
    rows.add(two);
    expect((await rows.trust(root)).policyOf(P)).toEqual(DEFAULT_POLICY);
    await rows.sign(root, [one]);
    await rows.sign(security, [two]);
    let trust = await rows.trust(root);
    expect(trust.policyOf(P)).toMatchObject({ name: one.id, scopes: { whole: null } });
    expect(trust.policyOf(OTHER)).toEqual(DEFAULT_POLICY);
    expect([trust.counts(one.id), trust.counts(two.id)]).toEqual([true, false]);
    expect(trust.signersOf(two.id)).toEqual([security.person]);
    await rows.sign(root, [two]);
    trust = await rows.trust(root);
    expect(trust.policyOf(P).name).toBe(two.id);
    expect(trust.policyNamed(one.id, P)?.name).toBe(one.id);
    expect(trust.policyNamed(one.id, OTHER)).toBeNull();
  });

  test('two admins make none: one of two must be security', async () => {
    const [rows, root, a, b] = [new Rows(), someone(), someone(), someone()];
    for (const it of [a, b]) await rows.sign(root, [rows.role(it.person, 'admin'), rows.credential(it)]);
    const changed = rows.add(policy(strict));
    await rows.sign(a, [changed]);
    await rows.sign(b, [changed]);
    expect((await rows.trust(root)).policyOf(P)).toEqual(DEFAULT_POLICY);
  });
});

test('a device is hardened by another person’s word, the keeper’s key by root’s', async () => {
  const { rows, root, security } = await withSecurity();
  const [engineer, device] = [someone(), 'd'.repeat(43)];
  const theirs = rows.add({ kind: 'device', id: randomUUID(), person: engineer.person, device });
  const own = rows.add({ kind: 'device', id: randomUUID(), person: security.person, device });
  const key = rows.add({ kind: 'keeper-key', id: randomUUID(), publicKey: 'AAAA' });
  await rows.sign(security, [theirs, own, key]);
  let trust = await rows.trust(root);
  expect(trust.isHardened(engineer.person, device, P)).toBe(true);
  expect(trust.isHardened(engineer.person, device, OTHER)).toBe(false);
  expect(trust.isHardened(security.person, device, P)).toBe(false);
  expect(trust.isKeeperKey('AAAA')).toBe(false);
  await rows.sign(root, [key]);
  trust = await rows.trust(root);
  expect(trust.isKeeperKey('AAAA')).toBe(true);
  expect(trust.isKeeperKey('AAAB')).toBe(false);
});

test('text that is not canonical, no statement, and the same id twice, count for nothing', async () => {
  const { rows, root, security } = await withSecurity();
  const [text = ''] = rows.statements;
  for (const bad of ['', 'null', '{}', ` ${text}`, text.replace('"kind"', '"Kind"'), '{"kind":"role"}']) {
    expect(parseStatement(bad)).toBeNull();
    rows.statements.unshift(bad);
  }
  rows.signatures.push({
    signer: security.person,
    credential: security.key.credential,
    text: 'nonsense',
    assertion: null,
  });
  expect(await decides(rows, root, security)).toBe(true);
});

/** Whatever rows somebody writes who has no key of an honest person, they get no key that decides. */
test('no rows that a thief can write make an approver', async () => {
  const forged = fc.constantFrom('role', 'credential', 'both', 'sign', 'replay', 'renamed') as fc.Arbitrary<string>;
  await fc.assert(
    fc.asyncProperty(fc.array(forged, { maxLength: 12 }), fc.nat(), async (steps, seed) => {
      const { rows, root, security } = await withSecurity();
      const thief = someone();
      const thefts: Statement[] = [];
      for (const [at, step] of steps.entries()) {
        if (step === 'role' || step === 'both') thefts.push(rows.role(thief.person, 'security', at % 2 ? '*' : P));
        if (step === 'credential' || step === 'both') thefts.push(rows.credential(thief));
        if (step === 'sign' && thefts.length > 0) await rows.sign(thief, thefts.slice(0, 8));
        const genuine = rows.signatures[(seed + at) % rows.signatures.length];
        if (step === 'replay' && genuine !== undefined) rows.signatures.push({ ...genuine, signer: thief.person });
        if (step === 'renamed' && genuine !== undefined) {
          rows.signatures.push({ ...genuine, text: genuine.text.replaceAll(security.person, thief.person) });
        }
      }
      const trust = await Trust.of(
        { signatures: rows.signatures, statements: [...rows.statements].reverse() },
        groundOf(root),
      );
      expect(trust.approvalKey(thief.person, thief.key.credential, P)).toBeNull();
      expect(trust.approvalKey(security.person, security.key.credential, P)).not.toBeNull();
    }),
    { numRuns: 60 },
  );
});
