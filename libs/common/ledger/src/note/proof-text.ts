import { LedgerError } from '../ledger-error.js';
import { HASH_BYTES, type TreeHash } from '../tree/node-hash.js';

const HEAD = 'c2sp.org/tlog-proof@v1';
const MAX_CHARACTERS = 256 * 1024;
const MAX_HASHES = 63;

/** A receipt: that an entry is in the ledger, provable offline (C2SP tlog-proof). `extra` holds the entry itself. */
export interface LogProof {
  readonly entry: Uint8Array;
  readonly index: number;
  readonly proof: readonly TreeHash[];
  /** A signed note. */
  readonly checkpoint: string;
}

export function proofText({ entry, index, proof, checkpoint }: LogProof): string {
  const lines = [
    HEAD,
    `extra ${Buffer.from(entry).toString('base64')}`,
    `index ${String(index)}`,
    ...proof.map((hash) => hash.toString('base64')),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Throws `ledger.malformed-proof`. Nothing is checked but the form. */
export function parseProofText(text: string): LogProof {
  const split = text.indexOf('\n\n');
  const [head, extra = '', index = '', ...hashes] = text.slice(0, split).split('\n');
  const [, entry] = /^extra ([A-Za-z0-9+/]+={0,2})$/.exec(extra) ?? [];
  const [, at] = /^index (0|[1-9]\d{0,15})$/.exec(index) ?? [];
  if (text.length > MAX_CHARACTERS || split < 0 || head !== HEAD || entry === undefined || at === undefined)
    throw new LedgerError('ledger.malformed-proof');
  if (hashes.length > MAX_HASHES) throw new LedgerError('ledger.malformed-proof');
  return {
    entry: Buffer.from(entry, 'base64'),
    index: Number(at),
    proof: hashes.map(parseHash),
    checkpoint: text.slice(split + 2),
  };
}

/** 32 bytes of base64, or `ledger.malformed-proof`. */
export function parseHash(line: string): TreeHash {
  const hash = Buffer.from(line, 'base64');
  if (hash.length !== HASH_BYTES || hash.toString('base64') !== line) throw new LedgerError('ledger.malformed-proof');
  return hash;
}
