import { type KeyObject, createPublicKey, hash } from 'node:crypto';
import { LedgerError } from '../ledger-error.js';

/** 0x01: Ed25519 over the note's text. 0x04: cosignature/v1, Ed25519 over time and text. */
export const SIGNATURE = { note: 0x01, cosignature: 0x04 } as const;
export type SignatureKind = keyof typeof SIGNATURE;

/** A public key with the name that it signs under (C2SP signed-note). */
export interface VerifierKey {
  readonly name: string;
  readonly kind: SignatureKind;
  /** 32 bytes, Ed25519. */
  readonly publicKey: Buffer;
}

const KEY_BYTES = 32;
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const NAME = /^[^\s+]{1,200}$/u;

/** The first four bytes of SHA-256(name, line feed, kind, key), as hex. */
export function keyId({ name, kind, publicKey }: VerifierKey): string {
  const digest = hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), materialOf({ kind, publicKey })]),
    'buffer',
  );
  return digest.subarray(0, 4).toString('hex');
}

/** `name+01234567+<base64>`: how verifiers are told a key. */
export const verifierKeyText = (key: VerifierKey): string =>
  `${key.name}+${keyId(key)}+${materialOf(key).toString('base64')}`;

/** Throws `ledger.malformed-key`, also where the id is not that of name and key. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, id, base64] = /^(.+?)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text.trim()) ?? [];
  if (name === undefined || base64 === undefined || !NAME.test(name)) throw new LedgerError('ledger.malformed-key');
  const material = Buffer.from(base64, 'base64');
  const kind = (Object.keys(SIGNATURE) as SignatureKind[]).find((known) => SIGNATURE[known] === material[0]);
  if (kind === undefined || material.length !== 1 + KEY_BYTES) throw new LedgerError('ledger.malformed-key');
  const key = { name, kind, publicKey: material.subarray(1) };
  if (keyId(key) !== id) throw new LedgerError('ledger.malformed-key');
  return key;
}

export const isKeyName = (name: string): boolean => NAME.test(name);

export function publicKeyObject({ publicKey }: VerifierKey): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
}

/** The 32 bytes of an Ed25519 key, public or private. */
export function rawPublicKey(key: KeyObject): Buffer {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
}

const materialOf = ({ kind, publicKey }: Pick<VerifierKey, 'kind' | 'publicKey'>): Buffer =>
  Buffer.concat([Uint8Array.of(SIGNATURE[kind]), publicKey]);
