import { generateKeyPairSync, sign } from 'node:crypto';
import canonicalize from 'canonicalize';
import { expect, test } from 'vitest';
import {
  EnvelopeError,
  type RecipientStatement,
  recipientPeriod,
  recipientStatement,
  verifyRecipient,
} from './index.js';

const statement: RecipientStatement = {
  kind: 'vault',
  period: '2026-11',
  project: 'default',
  recipient: 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj',
};
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signature = sign(null, recipientStatement(statement), privateKey).toString('base64url');

test('a statement is the canonical JSON of its four fields', () => {
  const { recipient, project, period, kind } = statement;
  expect(recipientStatement(statement).toString()).toBe(canonicalize({ recipient, project, period, kind }));
});

test('a signed statement verifies, and none that differs in a field', () => {
  expect(verifyRecipient(statement, signature, publicKey)).toBe(true);
  const others: Partial<RecipientStatement>[] = [
    { period: '2026-12' },
    { project: 'other' },
    { kind: 'extraction', project: '', period: '2026-11-01' },
    { recipient: 'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg' },
  ];
  for (const other of others) expect(verifyRecipient({ ...statement, ...other }, signature, publicKey)).toBe(false);
});

test("another key's signature, and what is no signature, are refused", () => {
  expect(verifyRecipient(statement, signature, generateKeyPairSync('ed25519').publicKey)).toBe(false);
  for (const text of ['', 'x', signature.slice(1)]) expect(verifyRecipient(statement, text, publicKey)).toBe(false);
});

test.each<Partial<RecipientStatement>>([
  { recipient: 'age1nonsense' },
  { period: '2026-13' },
  { period: '2026-11-24' },
  { project: '' },
  { project: 'a"b' },
  { kind: 'extraction', period: '2026-11-24' },
])('no statement is made of %j', (part) => {
  expect(() => recipientStatement({ ...statement, ...part })).toThrow(EnvelopeError);
});

test('periods are months and days in UTC', () => {
  const time = new Date('2026-11-30T23:59:59.999Z');
  expect([recipientPeriod('vault', time), recipientPeriod('extraction', time)]).toEqual(['2026-11', '2026-11-30']);
});
