import { LedgerError } from '../ledger-error.js';
import { isKeyName } from './verifier-key.js';

export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  readonly bytes: Buffer;
}

/** A text, ending in a line feed, and who signed it (C2SP signed-note). */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const MAX_CHARACTERS = 64 * 1024;
const MAX_SIGNATURES = 64;
const KEY_ID_BYTES = 4;

export function noteText({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

export const signatureLine = ({ name, keyId, bytes }: NoteSignature): string =>
  `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), bytes]).toString('base64')}\n`;

/** Throws `ledger.malformed-note`. No signature is checked. */
export function parseNote(note: string): SignedNote {
  const split = note.lastIndexOf('\n\n');
  if (note.length > MAX_CHARACTERS || split < 0 || !note.endsWith('\n') || hasControls(note))
    throw new LedgerError('ledger.malformed-note');
  return { text: note.slice(0, split + 1), signatures: parseSignatureLines(note.slice(split + 2)) };
}

/** Lines as a note ends in, and as a witness answers. */
export function parseSignatureLines(lines: string): NoteSignature[] {
  const found = lines.split('\n').slice(0, -1);
  if (found.length === 0 || found.length > MAX_SIGNATURES || !lines.endsWith('\n'))
    throw new LedgerError('ledger.malformed-note');
  return found.map((line) => {
    const [, name, base64] = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
    if (name === undefined || base64 === undefined || !isKeyName(name)) throw new LedgerError('ledger.malformed-note');
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length <= KEY_ID_BYTES || bytes.toString('base64') !== base64)
      throw new LedgerError('ledger.malformed-note');
    return { name, keyId: bytes.subarray(0, KEY_ID_BYTES).toString('hex'), bytes: bytes.subarray(KEY_ID_BYTES) };
  });
}

/** ASCII control characters but the line feed are no part of a note. */
function hasControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return /[\u0000-\u0009\u000b-\u001f\ufffd]/u.test(text);
}
