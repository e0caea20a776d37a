import { LedgerError } from '../ledger-error.js';
import { type NoteSigner, heldBy, signNote, verifierOf } from './note-signature.js';
import { type SignedNote, noteText, parseNote } from './signed-note.js';
import { type VerifierKey, parseVerifierKey, verifierKeyText } from './verifier-key.js';

const HEAD = 'crashkeep/succession/v1';

/** A note in which the ledger's old key names the new one; both sign it, so neither can be made to. */
export function successionNote(old: NoteSigner, next: NoteSigner): string {
  const [from, to] = [verifierOf(old, 'note'), verifierOf(next, 'note')];
  const text = `${HEAD}\n${verifierKeyText(from)}\n${verifierKeyText(to)}\n`;
  return noteText({ text, signatures: [signNote(old, text), signNote(next, text)] });
}

/**
 * The keys that may sign the ledger's checkpoints for whoever trusts `trusted`: these, and all that they lead to by successions that
 * hold. A succession from a key that nobody trusts leads nowhere.
 */
export function keysAfter(trusted: readonly VerifierKey[], notes: readonly string[]): VerifierKey[] {
  const keys = new Map(trusted.map((key) => [verifierKeyText(key), key]));
  for (const note of notes) {
    const { signed, from, to } = parseSuccession(note);
    if (!keys.has(verifierKeyText(from)) || from.name !== to.name) continue;
    if (heldBy(from, signed) && heldBy(to, signed)) keys.set(verifierKeyText(to), to);
  }
  return [...keys.values()];
}

function parseSuccession(note: string): {
  readonly signed: SignedNote;
  readonly from: VerifierKey;
  readonly to: VerifierKey;
} {
  const signed = parseNote(note);
  const [head, from = '', to = '', rest] = signed.text.split('\n');
  if (head !== HEAD || rest !== '') throw new LedgerError('ledger.malformed-note');
  return { signed, from: parseVerifierKey(from), to: parseVerifierKey(to) };
}
