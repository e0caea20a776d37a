import { type ReadEntry, readEntry } from '../entry/entry.js';
import { LedgerError } from '../ledger-error.js';
import { parseProofText } from '../note/proof-text.js';
import { rootOfInclusion } from '../tree/check-proof.js';
import { entryHash } from '../tree/node-hash.js';
import { type Finding, Findings } from './finding.js';
import { type SignedCheckpoint, type Trust, judgeCheckpoint } from './trust.js';

export interface ReceiptVerdict {
  readonly findings: readonly Finding[];
  readonly checkpoint: SignedCheckpoint | null;
  /** What the ledger says, where the receipt proves it. */
  readonly entry: ReadEntry | null;
}

/** Checks a receipt (C2SP tlog-proof) by itself: entry, proof, checkpoint, signatures. `successions`: how the ledger's keys changed. */
export function verifyReceipt(text: string, successions: readonly string[], trust: Trust): ReceiptVerdict {
  const findings = new Findings();
  try {
    const { entry, index, proof, checkpoint: note } = parseProofText(text);
    const checkpoint = judgeCheckpoint(note, successions, trust, findings);
    if (!checkpoint) return { findings: findings.all, checkpoint, entry: null };
    const root = rootOfInclusion(entryHash(entry), index, checkpoint.size, proof);
    if (!root.equals(checkpoint.root)) findings.add('verify.proof-fails', `leaf ${String(index)}`);
    const isProven = findings.all.length === 0;
    return { findings: findings.all, checkpoint, entry: isProven ? readEntry(entry) : null };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    findings.add('verify.malformed-line', 'receipt');
    return { findings: findings.all, checkpoint: null, entry: null };
  }
}
