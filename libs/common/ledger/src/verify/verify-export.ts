import { readEntry } from '../entry/entry.js';
import { LedgerError } from '../ledger-error.js';
import { parseHash } from '../note/proof-text.js';
import { rootOfInclusion } from '../tree/check-proof.js';
import { type TreeHash, entryHash } from '../tree/node-hash.js';
import { ExportHead, ExportedLeaf } from './export-lines.js';
import { Findings, type VerifyCode } from './finding.js';
import { type SignedCheckpoint, type Trust, judgeCheckpoint } from './trust.js';
import type { Verdict } from './verify-tiles.js';

/** Checks an export of the audit page: each line by its own proof against the one checkpoint. */
export async function verifyExport(lines: AsyncIterable<string>, trust: Trust): Promise<Verdict> {
  const findings = new Findings();
  let checkpoint: SignedCheckpoint | null = null;
  let [leaves, at] = [0, 0];
  const times: { from: string | null; to: string | null } = { from: null, to: null };
  const seen = new Set<number>();
  for await (const line of lines) {
    at += 1;
    if (at === 1) {
      checkpoint = judgeHead(line, trust, findings);
      if (!checkpoint) break;
    } else if (checkpoint) {
      const read = judgeLine(line, checkpoint, seen);
      if (typeof read === 'string') findings.add(read, `line ${String(at)}`);
      else {
        leaves += 1;
        times.from = first(times.from, read.at, -1);
        times.to = first(times.to, read.at, 1);
      }
    }
  }
  if (at === 0) findings.add('verify.no-checkpoint', 'line 1');
  return { findings: findings.all, checkpoint, leaves, ...times };
}

function judgeHead(line: string, trust: Trust, findings: Findings): SignedCheckpoint | null {
  const head = ExportHead.safeParse(parsed(line));
  if (!head.success) {
    findings.add('verify.no-checkpoint', 'line 1');
    return null;
  }
  return judgeCheckpoint(head.data.checkpoint, head.data.successions, trust, findings);
}

function judgeLine(
  line: string,
  checkpoint: SignedCheckpoint,
  seen: Set<number>,
): VerifyCode | { readonly at: string | null } {
  const leaf = ExportedLeaf.safeParse(parsed(line));
  if (!leaf.success) return 'verify.malformed-line';
  const { index, salt, entry, proof } = leaf.data;
  if (seen.has(index)) return 'verify.leaf-repeated';
  seen.add(index);
  const bytes = Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(entry, 'utf8')]);
  const root = rootBy(entryHash(bytes), index, checkpoint.size, proof);
  if (!root?.equals(checkpoint.root)) return 'verify.proof-fails';
  try {
    return { at: readEntry(bytes).at };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return 'verify.malformed-line';
  }
}

function rootBy(leaf: TreeHash, index: number, size: number, proof: readonly string[]): TreeHash | null {
  try {
    return rootOfInclusion(leaf, index, size, proof.map(parseHash));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return null;
  }
}

/** The earlier (-1) or later (1) of two times; ISO 8601 in UTC sorts as text. */
function first(known: string | null, at: string | null, order: -1 | 1): string | null {
  if (known === null || at === null) return known ?? at;
  return known.localeCompare(at) === order ? known : at;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
