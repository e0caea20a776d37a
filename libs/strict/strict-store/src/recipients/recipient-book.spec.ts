import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { type RecipientStatement, recipientStatement } from '@crashkeep/envelope';
import { beforeEach, expect, test } from 'vitest';
import type { RecipientRow } from '../rows/recipient-row.js';
import { RecipientBook, parseStatementKey } from './recipient-book.js';

const keeper = generateKeyPairSync('ed25519');
const recipient = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';
const forged = 'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg';

let now: Date;
let rows: RecipientRow[];
let asked: number;
let book: RecipientBook;

beforeEach(() => {
  now = new Date('2026-11-24T12:00:00Z');
  rows = [
    signed({ kind: 'vault', project: 'default', period: '2026-11', recipient }),
    signed({ kind: 'extraction', project: '', period: '2026-11-24', recipient }),
  ];
  asked = 0;
  const find = ({ kind, project, period }: Omit<RecipientStatement, 'recipient'>) => {
    asked += 1;
    return Promise.resolve(
      rows.find((row) => row.kind === kind && row.project === project && row.period === period) ?? null,
    );
  };
  book = new RecipientBook(find, keeper.publicKey, () => now);
});

function signed(statement: RecipientStatement, key = keeper.privateKey): RecipientRow {
  return {
    id: randomUUID(),
    ...statement,
    signature: sign(null, recipientStatement(statement), key).toString('base64url'),
  };
}

function replace(index: number, change: Partial<RecipientRow>): void {
  const row = rows[index];
  if (row) rows[index] = { ...row, ...change };
}

test('the signed recipients of this month and day', async () => {
  expect(await book.recipientsFor('default')).toEqual({ vault: rows[0], extraction: rows[1] });
});

test('are asked for once a minute, and anew when the day ends', async () => {
  await book.recipientsFor('default');
  await book.recipientsFor('default');
  expect(asked).toBe(2);
  now = new Date(now.getTime() + 61_000);
  await book.recipientsFor('default');
  expect(asked).toBe(4);
  now = new Date('2026-11-25T00:00:00Z');
  expect(await book.recipientsFor('default')).toBeNull();
});

test('the book is open as long as today has an extraction recipient', async () => {
  expect(await book.isOpen()).toBe(true);
  now = new Date('2026-11-25T00:00:00Z');
  expect(await book.isOpen()).toBe(false);
});

test('none without a row, and one that comes later is found', async () => {
  expect(await book.recipientsFor('other')).toBeNull();
  rows.push(signed({ kind: 'vault', project: 'other', period: '2026-11', recipient }));
  expect((await book.recipientsFor('other'))?.vault.project).toBe('other');
});

test("a forged row is no recipient: another key's, a changed one, another project's or month's", async () => {
  const genuine = rows[0];
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const forgeries: RecipientRow[] = [
    signed({ kind: 'vault', project: 'default', period: '2026-11', recipient: forged }, stranger),
    { ...signed({ kind: 'vault', project: 'default', period: '2026-11', recipient }), recipient: forged },
    { ...signed({ kind: 'vault', project: 'other', period: '2026-11', recipient }), project: 'default' },
    { ...signed({ kind: 'vault', project: 'default', period: '2026-10', recipient }), period: '2026-11' },
  ];
  for (const forgery of forgeries) {
    rows[0] = forgery;
    expect(await book.recipientsFor('default')).toBeNull();
  }
  if (genuine) rows[0] = genuine;
  expect(await book.recipientsFor('default')).not.toBeNull();
  now = new Date(now.getTime() + 61_000);
  replace(1, { signature: '' });
  expect(await book.recipientsFor('default')).toBeNull();
});

test('a genuine row that is handed out for another name is refused', async () => {
  const other = signed({ kind: 'vault', project: 'other', period: '2026-11', recipient: forged });
  const lying = new RecipientBook(
    () => Promise.resolve(other),
    keeper.publicKey,
    () => now,
  );
  expect(await lying.recipientsFor('default')).toBeNull();
});

test('a statement key is a public Ed25519 key in PEM', () => {
  const pem = keeper.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  expect(parseStatementKey(pem).equals(keeper.publicKey)).toBe(true);
  const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'pem', type: 'spki' }).toString();
  for (const text of [x25519, '', 'nonsense']) expect(() => parseStatementKey(text)).toThrow();
});
