import { testDatabase } from '@crashkeep/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type IdentityStore,
  SignInThrottle,
  createPerson,
  disablePerson,
  hashPassword,
  openIdentityStore,
  setPassword,
  signIn,
  verifyPassword,
} from './index.js';

const RIGHT = 'correct horse battery';
let store: IdentityStore;

beforeAll(async () => {
  store = openIdentityStore((await testDatabase()).urlFor('ck_lenient_api'));
});
afterAll(() => store.close());

describe('passwords', () => {
  test('are kept as argon2id', async () => {
    expect(await hashPassword(RIGHT)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test.each([
    ['eleven char', 'identity.password-too-short'],
    ['x'.repeat(257), 'identity.password-too-long'],
  ])('a length that will not do is refused', async (password, code) => {
    await expect(hashPassword(password)).rejects.toThrow(code);
  });

  test('an accent that is composed and one that is not are the same', async () => {
    expect(await verifyPassword(await hashPassword('caf\u00e9 au lait, s.v.p.'), 'cafe\u0301 au lait, s.v.p.')).toBe(
      true,
    );
  });

  test('nobody has no password', async () => {
    expect(await verifyPassword(null, 'nobody signs in with this')).toBe(false);
  });
});

describe('signing in', () => {
  test('takes the login in any case and the password as it is', async () => {
    const id = await createPerson(store.rows, { name: 'Ada', login: 'Ada@Example.org' });
    await setPassword(store.rows, id, RIGHT);
    const throttle = new SignInThrottle();
    expect(await signIn(store.rows, throttle, { login: ' ADA@example.org', password: RIGHT })).toBe(id);
    expect(await signIn(store.rows, throttle, { login: 'ada@example.org', password: RIGHT.toUpperCase() })).toBeNull();
    expect(await signIn(store.rows, throttle, { login: 'eve@example.org', password: RIGHT })).toBeNull();
  });

  test('an invited person and a disabled one cannot', async () => {
    const id = await createPerson(store.rows, { name: 'Bob', login: 'bob' });
    expect(await signIn(store.rows, new SignInThrottle(), { login: 'bob', password: '' })).toBeNull();
    await setPassword(store.rows, id, RIGHT);
    await disablePerson(store.rows, id);
    expect(await signIn(store.rows, new SignInThrottle(), { login: 'bob', password: RIGHT })).toBeNull();
  });

  test('a login is taken once', async () => {
    await createPerson(store.rows, { name: 'Cy', login: 'cy' });
    await expect(createPerson(store.rows, { name: 'Cy too', login: 'CY' })).rejects.toThrow('identity.login-taken');
  });
});

describe('the throttle', () => {
  test('makes a login wait after ten failures, for a quarter of an hour, and no other login', () => {
    const throttle = new SignInThrottle();
    for (let n = 0; n < 10; n += 1) {
      expect(throttle.mayTry('ada', 0)).toBe(true);
      throttle.failed('ada', 0);
    }
    expect(throttle.mayTry('ada', 1000)).toBe(false);
    expect(throttle.mayTry('bob', 1000)).toBe(true);
    expect(throttle.mayTry('ada', 16 * 60_000)).toBe(true);
  });

  test('forgets failures when the right one came', () => {
    const throttle = new SignInThrottle();
    for (let n = 0; n < 9; n += 1) throttle.failed('ada', 0);
    throttle.succeeded('ada');
    throttle.failed('ada', 0);
    expect(throttle.mayTry('ada', 0)).toBe(true);
  });
});
