import { LedgerError } from '../ledger-error.js';
import { type Checkpoint, parseCheckpoint } from '../note/checkpoint.js';
import { heldBy, type Held } from '../note/note-signature.js';
import { type SignedNote, parseNote } from '../note/signed-note.js';
import { keysAfter } from '../note/succession.js';
import type { VerifierKey } from '../note/verifier-key.js';
import type { Findings } from './finding.js';

/** Whom an auditor believes. None of it comes from the place that is audited. */
export interface Trust {
  /** Of the ledger: what they sign, and what the keys that they lead to sign, is the ledger's word. */
  readonly keys: readonly VerifierKey[];
  /** Each must have cosigned. */
  readonly witnesses: readonly VerifierKey[];
  /** The checkpoint that was verified the last time. */
  readonly remembered: Checkpoint | null;
}

export interface SignedCheckpoint extends Checkpoint {
  /** When the ledger says that it signed it. */
  readonly signedAt: Date | null;
  readonly cosignedAt: readonly (Date | null)[];
}

/** Reads a checkpoint and notes what is wrong with its signatures. Null where it is no checkpoint. */
export function judgeCheckpoint(
  note: string | null,
  successions: readonly string[],
  trust: Trust,
  findings: Findings,
): SignedCheckpoint | null {
  const read = note === null ? null : readCheckpoint(note);
  if (read === null) {
    findings.add('verify.no-checkpoint', 'checkpoint');
    return null;
  }
  const { signed, checkpoint } = read;
  const keys = trustedKeys(trust.keys, successions).filter(({ name }) => name === checkpoint.origin);
  const held = keys.map((key) => heldBy(key, signed)).filter((found): found is Held => found !== null);
  if (held.length === 0) findings.add('verify.not-signed', 'checkpoint');
  const cosigned = trust.witnesses.map((witness) => heldBy(witness, signed));
  cosigned.forEach((found, at) => {
    if (!found) findings.add('verify.not-cosigned', `checkpoint, by ${trust.witnesses[at]?.name ?? ''}`);
  });
  judgeMemory(checkpoint, trust.remembered, findings);
  const clocks = keys.map((key) => heldBy({ ...key, kind: 'cosignature' }, signed));
  return {
    ...checkpoint,
    signedAt: clocks.find((found) => found !== null)?.at ?? null,
    cosignedAt: cosigned.map((found) => found?.at ?? null),
  };
}

/** Successions that cannot be read lead nowhere: then the checkpoint is signed by nobody whom we know, and that is what is said. */
function trustedKeys(keys: readonly VerifierKey[], successions: readonly string[]): VerifierKey[] {
  try {
    return keysAfter(keys, successions);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return [...keys];
  }
}

function judgeMemory(checkpoint: Checkpoint, remembered: Checkpoint | null, findings: Findings): void {
  if (!remembered) return;
  if (remembered.origin !== checkpoint.origin) findings.add('verify.other-ledger', 'checkpoint');
  else if (remembered.size > checkpoint.size)
    findings.add(
      'verify.rolled-back',
      `checkpoint of ${String(checkpoint.size)} leaves, ${String(remembered.size)} were seen`,
    );
  else if (remembered.size === checkpoint.size && !remembered.root.equals(checkpoint.root))
    findings.add('verify.forked', `checkpoint of ${String(checkpoint.size)} leaves`);
}

function readCheckpoint(note: string): { readonly signed: SignedNote; readonly checkpoint: Checkpoint } | null {
  try {
    const signed = parseNote(note);
    return { signed, checkpoint: parseCheckpoint(signed.text) };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return null;
  }
}

/** Notes one after the other, as the object `keys` holds them. */
export function splitNotes(text: string): string[] {
  return text
    .split(/(?<=\n)\n(?=crashkeep\/succession)/u)
    .map((note) => note.trimStart())
    .filter((note) => note !== '');
}
