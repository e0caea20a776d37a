import { LedgerError } from '../ledger-error.js';
import type { TreeHash } from '../tree/node-hash.js';
import { parseHash } from './proof-text.js';

const MAX_PROOF = 63;
const MAX_CHARACTERS = 128 * 1024;

/** What a ledger asks a witness: cosign this, which begins with the tree that you know (C2SP tlog-witness). */
export interface AddCheckpoint {
  /** Size of the tree that the witness knows. */
  readonly old: number;
  readonly proof: readonly TreeHash[];
  /** A signed note. */
  readonly checkpoint: string;
}

export const addCheckpointText = ({ old, proof, checkpoint }: AddCheckpoint): string =>
  [`old ${String(old)}`, ...proof.map((hash) => hash.toString('base64')), '', checkpoint].join('\n');

/** Throws `ledger.malformed-proof`. */
export function parseAddCheckpoint(text: string): AddCheckpoint {
  const split = text.indexOf('\n\n');
  const [first = '', ...hashes] = text.slice(0, Math.max(0, split)).split('\n');
  const [, old] = /^old (0|[1-9]\d{0,15})$/.exec(first) ?? [];
  if (
    text.length > MAX_CHARACTERS ||
    old === undefined ||
    hashes.length > MAX_PROOF ||
    !Number.isSafeInteger(Number(old))
  )
    throw new LedgerError('ledger.malformed-proof');
  return { old: Number(old), proof: hashes.map(parseHash), checkpoint: text.slice(split + 2) };
}
