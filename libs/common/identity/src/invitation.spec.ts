import type { ProjectId } from '@crashkeep/ids';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type IdentityStore,
  SignInThrottle,
  acceptInvitation,
  createOneTimeLink,
  createProject,
  disablePerson,
  findPerson,
  findProject,
  grantMembership,
  grantRoomRole,
  invitePerson,
  listPeople,
  openIdentityStore,
  peekOneTimeLink,
  personsWithRole,
  revokeMembership,
  revokeRoomRole,
  rolesOf,
  signIn,
  useOneTimeLink,
} from './index.js';

const project = 'default' as ProjectId;
const PASSWORD = 'a password of some length';
let database: TestDatabase;
let console: IdentityStore;
let room: IdentityStore;

beforeAll(async () => {
  database = await testDatabase();
  console = openIdentityStore(database.urlFor('ck_lenient_api'));
  room = openIdentityStore(database.urlFor('ck_strict_api'));
});
afterAll(() => Promise.all([console.close(), room.close()]));

test('an invitation is taken up once, and then its person signs in', async () => {
  const { personId, secret } = await invitePerson(console.rows, null, { name: 'Ada', login: 'ada' });
  expect(await peekOneTimeLink(console.rows, 'invitation', secret)).toEqual({ personId });
  expect(await findPerson(console.rows, personId)).toMatchObject({ invited: true, disabled: false });
  expect(await acceptInvitation(console.rows, { secret, password: PASSWORD, name: 'Ada L.' })).toBe(personId);
  expect(await findPerson(console.rows, personId)).toMatchObject({ invited: false, name: 'Ada L.' });
  await expect(acceptInvitation(console.rows, { secret, password: PASSWORD })).rejects.toThrow(
    'identity.link-unusable',
  );
  expect(await signIn(console.rows, new SignInThrottle(), { login: 'ada', password: PASSWORD })).toBe(personId);
});

test('a password that is refused leaves the link usable', async () => {
  const { secret } = await invitePerson(console.rows, null, { name: 'Bob', login: 'bob' });
  const accept = (password: string): Promise<unknown> =>
    console.transaction((rows) => acceptInvitation(rows, { secret, password }));
  await expect(accept('short')).rejects.toThrow('identity.password-too-short');
  await expect(accept(PASSWORD)).resolves.toBeTypeOf('string');
});

test('of two that use a link at once one succeeds', async () => {
  const { secret } = await invitePerson(console.rows, null, { name: 'Cy', login: 'cy' });
  const uses = await Promise.allSettled([1, 2, 3, 4].map(() => useOneTimeLink(console.rows, 'invitation', secret)));
  expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a first-run link lasts 15 minutes, is void when a newer is made, and is no invitation', async () => {
  const make = (): Promise<string> =>
    createOneTimeLink(room.rows, { kind: 'first-run', personId: null, createdBy: null });
  const [older, newer] = [await make(), await make()];
  expect(await peekOneTimeLink(room.rows, 'first-run', older)).toBeNull();
  expect(await peekOneTimeLink(room.rows, 'invitation', newer)).toBeNull();
  expect(await peekOneTimeLink(console.rows, 'first-run', newer)).toBeNull();
  expect(await peekOneTimeLink(room.rows, 'first-run', newer)).toEqual({ personId: null });
  await asSuperuser(
    "UPDATE identity.one_time_link SET expires_at = created_at WHERE kind = 'first-run' AND used_at IS NULL",
  );
  await expect(useOneTimeLink(room.rows, 'first-run', newer)).rejects.toThrow('identity.link-unusable');
});

test('the console gives memberships, the reading room its roles, and neither the other’s', async () => {
  const { personId } = await invitePerson(console.rows, null, { name: 'Di', login: 'di' });
  expect(await grantMembership(console.rows, null, { personId, project, role: 'engineer' })).toBe(true);
  expect(await grantMembership(console.rows, null, { personId, project, role: 'engineer' })).toBe(false);
  expect(await grantRoomRole(room.rows, null, { personId, project: '*', role: 'security' })).toBe(true);
  await expect(grantRoomRole(console.rows, null, { personId, project, role: 'security' })).rejects.toThrow();
  await expect(grantMembership(room.rows, null, { personId, project, role: 'viewer' })).rejects.toThrow();
  expect(await rolesOf(console.rows, personId)).toEqual([
    { project, role: 'engineer' },
    { project: '*', role: 'security' },
  ]);
  expect((await listPeople(room.rows)).find(({ id }) => id === personId)?.roles).toHaveLength(2);
  expect(await revokeMembership(console.rows, { personId, project, role: 'engineer' })).toBe(true);
  expect(await revokeRoomRole(room.rows, { personId, project: '*', role: 'security' })).toBe(true);
  expect(await rolesOf(room.rows, personId)).toEqual([]);
});

test('who holds a role is found through every project, and not when disabled', async () => {
  const { personId } = await invitePerson(room.rows, null, { name: 'Ed', login: 'ed' });
  await grantRoomRole(room.rows, null, { personId, project: '*', role: 'auditor' });
  expect(await personsWithRole(room.rows, 'auditor', project)).toEqual([personId]);
  await disablePerson(room.rows, personId);
  expect(await personsWithRole(room.rows, 'auditor', project)).toEqual([]);
});

test('the owner makes a project, once', async () => {
  const owner = openIdentityStore(database.urlFor('ck_owner'));
  expect(await createProject(owner.rows, { id: project, name: 'Default' })).toBe(true);
  expect(await createProject(owner.rows, { id: project, name: 'Default' })).toBe(false);
  expect(await findProject(console.rows, project)).toMatchObject({ id: project, answerStyle: 'uuid', rawDays: 30 });
  await owner.close();
});

async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.urlFor('superuser') });
  await client.connect();
  await client.query(sql);
  await client.end();
}
