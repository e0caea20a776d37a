import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Member, RoomTestbed, STACK_0, readBytes } from '../room.testbed.js';

let bed: RoomTestbed;
let security: Member;
let engineer: Member;
const secret = randomUUID();
const KEY = { offset: STACK_0.offset + 1_000, length: 100 };

beforeAll(async () => {
  bed = await RoomTestbed.open();
  const admin = await bed.firstAdmin();
  security = await bed.invited(admin, 'security');
  engineer = await bed.engineer();
});
afterAll(() => bed.close());

/** What a rescan writes that sees more than the first screen did. */
async function find(): Promise<void> {
  const screening = randomUUID();
  await bed.sql.query(
    `INSERT INTO strict.screening (id, dump_id, detectors, state, finished_at) VALUES ($1, $2, 2, 'complete', now())`,
    [screening, bed.dump],
  );
  await bed.sql.query(
    `INSERT INTO strict.secret (id, project, kind, fingerprint, spki, level, severity)
     VALUES ($1, 'default', 'rsa-private-key', $2, $3, 4, 'critical')`,
    [secret, 'a'.repeat(32), 'b'.repeat(64)],
  );
  await bed.sql.query(
    `INSERT INTO strict.sighting (id, secret_id, dump_id, "offset", length, address, ranges, detector, level, severity,
       present_since, detectable_since, screening_id)
     VALUES ($1, $2, $3, $4, $5, '0x7f00000003e8', $6, 'rsa-numbers@1', 4, 'critical', now() - interval '9 days', now(), $7)`,
    [randomUUID(), secret, bed.dump, KEY.offset, KEY.length, JSON.stringify([[KEY.offset, KEY.length]]), screening],
  );
}

test('a key that is found where somebody had looked: who, from which device, which bytes of it, to the byte', async () => {
  const id = await bed.live(engineer, security);
  // The last 40 bytes of the key, and 60 behind it; then a place that has nothing of it.
  await readBytes(engineer, id, '0x7f0000000424', 100);
  await readBytes(engineer, id, '0x7f0000005000', 64);
  await find();

  const { findings } = await security.visitor.expect(200, 'GET', '/findings');
  expect(findings).toMatchObject([
    {
      id: secret,
      kind: 'rsa-private-key',
      level: 4,
      severity: 'critical',
      spki: 'b'.repeat(64),
      dumps: 1,
      rotation: 'open',
    },
  ]);

  const exposure = await security.visitor.expect(200, 'GET', `/exposure?secret=${secret}`);
  expect(exposure).toMatchObject({ secret_bytes: 100, seen_bytes: 40 });
  expect(exposure['could']).toMatchObject([{ grant: id, person: engineer.id, bytes: 100, state: 'active' }]);
  expect(exposure['did']).toMatchObject([
    { grant: id, of_secret: 0, bytes: 64, when: 'before' },
    {
      ...{ grant: id, person: engineer.id, of_secret: 40, when: 'before' },
      seen: [{ offset: KEY.offset + 60, length: 40 }],
      ranges: [{ offset: KEY.offset + 60, length: 100 }],
    },
  ]);
  const [{ device } = { device: null }] = exposure['did'] as { device: string | null }[];
  expect(device).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect((exposure['people'] as Record<string, string>)[engineer.id]).toBeTypeOf('string');

  const ofDump = await security.visitor.expect(200, 'GET', `/exposure?dump=${bed.dump}`);
  expect(ofDump).toMatchObject({ secret_bytes: 100, seen_bytes: 40 });
});

test('looking is a leaf, by whom and at what', async () => {
  const before = (await bed.leaves('findings.read')).length;
  await security.visitor.expect(200, 'GET', '/findings');
  await security.visitor.expect(200, 'GET', `/exposure?secret=${secret}`);
  expect((await bed.leaves('findings.read')).slice(before)).toEqual([
    { act: 'findings.read', person: security.id, secret: null, dump: null },
    { act: 'findings.read', person: security.id, secret, dump: null },
  ]);
});

test('what became of the key: owner and note, each change a leaf', async () => {
  const body = { rotation: 'rotating', owner: 'Identity Platform', note: 'new key signs since noon' };
  const changed = await security.visitor.expect(200, 'PUT', `/findings/${secret}/rotation`, body);
  expect(changed).toMatchObject({ id: secret, ...body });
  expect((await bed.leaves('finding.rotation')).at(-1)).toMatchObject({ act: 'finding.rotation', secret, ...body });
});

test.each<[string, () => Member, string, string, object | undefined, number]>([
  ['an engineer, the list', () => engineer, 'GET', '/findings', undefined, 403],
  ['an engineer, one', () => engineer, 'GET', `/exposure?secret=${secret}`, undefined, 403],
  [
    ...(['an engineer, a change', () => engineer, 'PUT', `/findings/${secret}/rotation`] as const),
    ...([{ rotation: 'rotated', owner: null, note: null }, 403] as const),
  ],
  ['one that is not there', () => security, 'GET', `/exposure?secret=${randomUUID()}`, undefined, 404],
  ['none', () => security, 'GET', '/exposure', undefined, 404],
  [
    ...(['a state that there is not', () => security, 'PUT', `/findings/${secret}/rotation`] as const),
    ...([{ rotation: 'gone', owner: null, note: null }, 400] as const),
  ],
])('refused: %s', async (_what, who, method, path, body, status) => {
  expect((await who().visitor.call(method, path, body)).status).toBe(status);
});
