import { type KeyObject, sign, verify } from 'node:crypto';
import type { NoteSignature, SignedNote } from './signed-note.js';
import { type VerifierKey, keyId, publicKeyObject, rawPublicKey } from './verifier-key.js';

const TIME_BYTES = 8;

/** Who signs: a name and an Ed25519 private key. */
export interface NoteSigner {
  readonly name: string;
  readonly privateKey: KeyObject;
}

/** The public half, for one kind of signature. */
export const verifierOf = ({ name, privateKey }: NoteSigner, kind: VerifierKey['kind']): VerifierKey => ({
  name,
  kind,
  publicKey: rawPublicKey(privateKey),
});

export function signNote(signer: NoteSigner, text: string): NoteSignature {
  const bytes = sign(null, Buffer.from(text, 'utf8'), signer.privateKey);
  return { name: signer.name, keyId: keyId(verifierOf(signer, 'note')), bytes };
}

/** cosignature/v1: that at this time the signer knew no larger tree of this log, and that what it knew is part of this one. */
export function cosignNote(signer: NoteSigner, text: string, at: Date): NoteSignature {
  const seconds = Math.floor(at.getTime() / 1000);
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(seconds));
  const bytes = Buffer.concat([time, sign(null, cosigned(text, String(seconds)), signer.privateKey)]);
  return { name: signer.name, keyId: keyId(verifierOf(signer, 'cosignature')), bytes };
}

/** A signature that holds; of a cosignature also when it was made. */
export interface Held {
  readonly at: Date | null;
}

/** The signature of this key on the note, or null where there is none that holds. */
export function heldBy(key: VerifierKey, { text, signatures }: SignedNote): Held | null {
  const id = keyId(key);
  const publicKey = publicKeyObject(key);
  for (const { name, keyId: found, bytes } of signatures) {
    if (name !== key.name || found !== id) continue;
    if (key.kind === 'note') {
      if (verify(null, Buffer.from(text, 'utf8'), publicKey, bytes)) return { at: null };
    } else if (bytes.length > TIME_BYTES) {
      const seconds = bytes.readBigUInt64BE();
      const rest = bytes.subarray(TIME_BYTES);
      if (verify(null, cosigned(text, String(seconds)), publicKey, rest))
        return { at: new Date(Number(seconds) * 1000) };
    }
  }
  return null;
}

const cosigned = (text: string, seconds: string): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8');
