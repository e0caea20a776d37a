import type { PersonId } from '@crashkeep/ids';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type IdentityStore,
  createPerson,
  csrfToken,
  disablePerson,
  endSession,
  endSessionsOf,
  findSession,
  isCsrfToken,
  listSessions,
  markStepUp,
  openIdentityStore,
  openSession,
  setPassword,
} from './index.js';

let database: TestDatabase;
let console: IdentityStore;
let room: IdentityStore;
let superuser: pg.Client;
let people = 0;

beforeAll(async () => {
  database = await testDatabase();
  console = openIdentityStore(database.urlFor('ck_lenient_api'));
  room = openIdentityStore(database.urlFor('ck_strict_api'));
  superuser = new pg.Client({ connectionString: database.urlFor('superuser') });
  await superuser.connect();
});
afterAll(() => Promise.all([console.close(), room.close(), superuser.end()]));

const someone = (): Promise<PersonId> =>
  createPerson(console.rows, { name: 'Ada', login: `ada${String((people += 1))}` });

test('a session is found by its cookie, which no row holds', async () => {
  const personId = await someone();
  const { cookie, id } = await openSession(console.rows, personId, 'console');
  expect(cookie).toMatch(/^[\w-]{43}$/);
  expect(await findSession(console.rows, cookie, 'console')).toMatchObject({
    id,
    personId,
    name: 'Ada',
    stepUpAt: null,
  });
  const { rows } = await superuser.query<{ text: string }>('SELECT s::text AS text FROM identity.session s');
  expect(rows.some(({ text }) => text.includes(cookie))).toBe(false);
});

test('a session of the console opens nothing in the reading room', async () => {
  const { cookie } = await openSession(console.rows, await someone(), 'console');
  expect(await findSession(room.rows, cookie, 'room')).toBeNull();
  expect(await findSession(room.rows, cookie, 'console')).toBeNull();
  await expect(openSession(console.rows, await someone(), 'room')).rejects.toThrow();
});

test.each([
  ['idle for 15 minutes', "seen_at = now() - interval '15 minutes 1 second'"],
  ['over its eight hours', "expires_at = now() - interval '1 second'"],
  ['ended', 'ended_at = now()'],
])('a session that is %s is none', async (_why, change) => {
  const { cookie, id } = await openSession(console.rows, await someone(), 'console');
  await superuser.query(`UPDATE identity.session SET ${change} WHERE hash = $1`, [Buffer.from(id, 'hex')]);
  expect(await findSession(console.rows, cookie, 'console')).toBeNull();
});

test('being used keeps it from being idle', async () => {
  const { cookie, id } = await openSession(console.rows, await someone(), 'console');
  const hash = Buffer.from(id, 'hex');
  await superuser.query("UPDATE identity.session SET seen_at = now() - interval '14 minutes' WHERE hash = $1", [hash]);
  await findSession(console.rows, cookie, 'console');
  const { rows } = await superuser.query<{ fresh: boolean }>(
    "SELECT seen_at > now() - interval '1 minute' AS fresh FROM identity.session WHERE hash = $1",
    [hash],
  );
  expect(rows).toEqual([{ fresh: true }]);
});

test('it lasts eight hours', async () => {
  const { cookie } = await openSession(console.rows, await someone(), 'console');
  const session = await findSession(console.rows, cookie, 'console');
  expect(session && session.expiresAt.getTime() - session.createdAt.getTime()).toBe(8 * 3600_000);
});

test('a person sees and ends their own, and not another’s', async () => {
  const [ada, bob] = [await someone(), await someone()];
  const mine = await openSession(console.rows, ada, 'console');
  await openSession(console.rows, ada, 'console');
  expect(await listSessions(console.rows, ada)).toHaveLength(2);
  expect(await endSession(console.rows, bob, mine.id)).toBe(false);
  expect(await endSession(console.rows, ada, mine.id)).toBe(true);
  expect(await findSession(console.rows, mine.cookie, 'console')).toBeNull();
  expect(await endSessionsOf(console.rows, ada)).toBe(1);
  expect(await listSessions(console.rows, ada)).toEqual([]);
});

test('a new password and being disabled end sessions; being disabled on both origins', async () => {
  const ada = await someone();
  const before = await openSession(console.rows, ada, 'console');
  await setPassword(console.rows, ada, 'another long password');
  expect(await findSession(console.rows, before.cookie, 'console')).toBeNull();
  const inRoom = await openSession(room.rows, ada, 'room');
  await disablePerson(console.rows, ada);
  expect(await findSession(room.rows, inRoom.cookie, 'room')).toBeNull();
});

test('step-up is remembered in the reading room', async () => {
  const { cookie, id } = await openSession(room.rows, await someone(), 'room');
  await markStepUp(room.rows, id);
  expect((await findSession(room.rows, cookie, 'room'))?.stepUpAt).toBeInstanceOf(Date);
});

test('a CSRF token belongs to one session', () => {
  expect(isCsrfToken('one cookie', csrfToken('one cookie'))).toBe(true);
  expect(isCsrfToken('one cookie', csrfToken('another cookie'))).toBe(false);
  expect(isCsrfToken('one cookie', '')).toBe(false);
});
