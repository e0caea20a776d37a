import { createHash, createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Finding } from '@crashkeep/screen';

/** A key that is handed to a program, and how a finding tells that it is this one. */
export interface PlantedKey {
  readonly kind: string;
  readonly frame: Uint8Array;
  isFound(findings: readonly Finding[]): boolean;
}

const TELLING_LEVEL = 2;
/** Keys the fingerprints of one run: of an AES key there is no public half to know it by. */
export const fingerprintKey = randomBytes(32);

/** Fresh keys of each kind; `count` of each. */
export function freshKeys(count: number): PlantedKey[] {
  return Array.from({ length: count }).flatMap(() => [
    pair('rsa-2048', 'R', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    pair('p-256', 'E', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    pair('ed25519', 'e', generateKeyPairSync('ed25519').privateKey),
    cipherKey(256),
    cipherKey(128),
  ]);
}

export const endFrame = frameOf('.', new Uint8Array());

function pair(kind: string, letter: string, key: KeyObject): PlantedKey {
  const spki = createHash('sha256')
    .update(createPublicKey(key).export({ format: 'der', type: 'spki' }))
    .digest('hex');
  return {
    kind,
    frame: frameOf(letter, key.export({ format: 'der', type: 'pkcs8' })),
    isFound: (findings) => findings.some(({ level, public: part }) => level >= TELLING_LEVEL && part?.spki === spki),
  };
}

function cipherKey(bits: number): PlantedKey {
  const key = randomBytes(bits / 8);
  const fingerprint = createHmac('sha256', fingerprintKey)
    .update(`vault-fp-v1 aes-${bits}-schedule ${key.length} `)
    .update(key)
    .digest('hex')
    .slice(0, 32);
  return {
    kind: `aes-${bits}`,
    frame: frameOf('A', key),
    isFound: (findings) => findings.some((finding) => finding.fingerprint === fingerprint),
  };
}

/** A letter, a length (4 bytes, most significant first), the key. */
function frameOf(letter: string, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(5);
  head.write(letter, 'latin1');
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}
