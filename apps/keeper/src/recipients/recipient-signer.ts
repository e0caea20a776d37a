import { randomUUID } from 'node:crypto';
import { type RecipientStatement, recipientStatement } from '@crashkeep/envelope';
import { appendLeaf } from '@crashkeep/ledger';
import { type StrictStore, findRecipient, insertRecipient } from '@crashkeep/strict-store';
import type { KeyProvider } from '../keys/key-provider.js';

/** `other`: the database has another recipient of that name. It stays, unsigned by us: ingest refuses it, and an operator must look. */
export type Signed = 'made' | 'known' | 'other';

/** Signs a recipient and makes it known to ingest: row and leaf together. */
export async function signRecipient(
  store: StrictStore,
  keys: KeyProvider,
  statement: RecipientStatement,
): Promise<Signed> {
  const known = await findRecipient(store.rows, statement);
  if (known !== null) return known.recipient === statement.recipient ? 'known' : 'other';
  const id = randomUUID();
  const signature = keys.sign(recipientStatement(statement));
  return store.transaction(async (rows) => {
    if (!(await insertRecipient(rows, { id, ...statement, signature }))) return 'known';
    const { kind, project, period } = statement;
    await appendLeaf(rows, 'keeper', { act: 'recipient.made', recipient: id, kind, project, period });
    return 'made';
  });
}
