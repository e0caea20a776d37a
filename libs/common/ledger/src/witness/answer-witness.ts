import { LedgerError } from '../ledger-error.js';
import { type AddCheckpoint, parseAddCheckpoint } from '../note/add-checkpoint.js';
import { type Checkpoint, parseCheckpoint } from '../note/checkpoint.js';
import { type NoteSigner, cosignNote, heldBy } from '../note/note-signature.js';
import { type SignedNote, parseNote, signatureLine } from '../note/signed-note.js';
import type { VerifierKey } from '../note/verifier-key.js';
import { type TreeHead, isConsistent } from '../tree/check-proof.js';
import { EMPTY_ROOT } from '../tree/node-hash.js';

/** A witness: its key, the ledgers that it watches, and what it saw last of each. */
export interface Witness {
  readonly signer: NoteSigner;
  readonly logs: readonly VerifierKey[];
  /** Null where nothing of this ledger was cosigned yet. */
  seen(origin: string): TreeHead | null;
  /** Durable when it returns. */
  remember(origin: string, head: TreeHead): void;
}

export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: 'text/plain' | 'text/x.tlog.size';
  readonly body: string;
}

const refusal = (status: 400 | 403 | 404 | 422): WitnessReply => ({ status, type: 'text/plain', body: '' });

/**
 * What a witness answers to one add-checkpoint (C2SP tlog-witness). It cosigns what grows from what it saw, and never two trees of one size. Without an
 * await between looking and remembering: requests cannot overtake each other.
 */
export function answerWitness(request: string, witness: Witness, now: Date): WitnessReply {
  const asked = parsed(request);
  if (!asked) return refusal(400);
  const { old, proof, note, checkpoint } = asked;
  const { origin, size } = checkpoint;
  const keys = witness.logs.filter(({ name }) => name === origin);
  if (keys.length === 0) return refusal(404);
  if (!keys.some((key) => heldBy(key, note))) return refusal(403);
  if (old > size) return refusal(400);
  const seen = witness.seen(origin) ?? { size: 0, root: EMPTY_ROOT };
  const isSameSize = seen.size === size;
  if (old !== seen.size || (isSameSize && !seen.root.equals(checkpoint.root)))
    return { status: 409, type: 'text/x.tlog.size', body: `${String(seen.size)}\n` };
  if (!isConsistent(seen, checkpoint, proof)) return refusal(422);
  witness.remember(origin, checkpoint);
  return { status: 200, type: 'text/plain', body: signatureLine(cosignNote(witness.signer, note.text, now)) };
}

interface Asked {
  readonly old: number;
  readonly proof: AddCheckpoint['proof'];
  readonly note: SignedNote;
  readonly checkpoint: Checkpoint;
}

function parsed(request: string): Asked | null {
  try {
    const { old, proof, checkpoint: text } = parseAddCheckpoint(request);
    const note = parseNote(text);
    return { old, proof, note, checkpoint: parseCheckpoint(note.text) };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return null;
  }
}
