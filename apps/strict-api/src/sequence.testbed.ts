import { generateKeyPairSync } from 'node:crypto';
import {
  checkpointText,
  cosignNote,
  entryOf,
  grow,
  noteText,
  signNote,
  verifierKeyText,
  verifierOf,
} from '@crashkeep/ledger';
import type pg from 'pg';

interface Row {
  readonly id: string;
  readonly process: string;
  readonly body: string;
  readonly salt: Buffer;
  readonly created_at: Date;
}

/** Numbers, signs and notes all leaves of a database, with a key of the moment, which it returns. */
export async function sequenceAll(sql: pg.Pool): Promise<string> {
  const signer = { name: 'ledger.example', privateKey: generateKeyPairSync('ed25519').privateKey };
  const { rows } = await sql.query<Row>('SELECT * FROM ledger.leaf ORDER BY seq NULLS LAST, created_at, id');
  const growth = grow(
    { size: 0, edge: [] },
    [],
    rows.map(({ created_at: at, ...row }) => entryOf({ ...row, at })),
  );
  for (const [seq, { id }] of rows.entries())
    await sql.query('UPDATE ledger.leaf SET seq = $1 WHERE id = $2 AND seq IS NULL', [seq, id]);
  const text = checkpointText({ origin: signer.name, ...growth.head });
  const note = noteText({ text, signatures: [signNote(signer, text), cosignNote(signer, text, new Date())] });
  const key = verifierKeyText(verifierOf(signer, 'note'));
  const told = 'UPDATE ledger.sequencer SET size = $1, note = $2, first_key = $3';
  await sql.query(told, [growth.head.size, note, key]);
  return key;
}
