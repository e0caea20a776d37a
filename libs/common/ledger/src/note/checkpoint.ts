import { LedgerError } from '../ledger-error.js';
import type { TreeHead } from '../tree/check-proof.js';
import { HASH_BYTES } from '../tree/node-hash.js';

/** What a checkpoint says (C2SP tlog-checkpoint): of which log, how many leaves, which root. */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
}

/** The text that is signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${String(size)}\n${root.toString('base64')}\n`;

/** Throws `ledger.malformed-checkpoint`. Lines beyond the third are kept in the text and mean nothing here. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const bytes = Buffer.from(root, 'base64');
  const isNumber = /^(0|[1-9]\d{0,15})$/.test(size) && Number.isSafeInteger(Number(size));
  if (origin === '' || !isNumber || bytes.length !== HASH_BYTES || bytes.toString('base64') !== root)
    throw new LedgerError('ledger.malformed-checkpoint');
  return { origin, size: Number(size), root: bytes };
}
