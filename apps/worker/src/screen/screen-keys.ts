import {
  type KeyObject,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeKeyFile } from '@crashkeep/platform';

const FINGERPRINT_BYTES = 32;

/**
 * Two keys of all workers of the vault, as files of mode 0600 in a folder of theirs, made at the first start: `mask.key`
 * (Ed25519) signs mask sets, `fingerprint.key` names secrets. The public half of the first goes where the keeper looks for it.
 */
export class ScreenKeys {
  readonly maskKey: KeyObject;
  readonly #fingerprintKey: Buffer;

  private constructor(maskKey: KeyObject, fingerprintKey: Buffer) {
    this.maskKey = maskKey;
    this.#fingerprintKey = fingerprintKey;
  }

  /** Throws where the keeper's configuration names another key: masks that it refuses would hide everything. */
  static async open(folder: string, publicKeyFile: string): Promise<ScreenKeys> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, 'mask.key');
    const fresh = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
    await writeKeyFile(path, fresh.toString());
    const maskKey = createPrivateKey(await readFile(path));
    await publish(publicKeyFile, maskKey);
    const fingerprints = join(folder, 'fingerprint.key');
    await writeKeyFile(fingerprints, `${randomBytes(FINGERPRINT_BYTES).toString('base64')}\n`);
    const key = Buffer.from((await readFile(fingerprints, 'utf8')).trim(), 'base64');
    if (key.length !== FINGERPRINT_BYTES) throw new Error('worker.malformed-fingerprint-key');
    return new ScreenKeys(maskKey, key);
  }

  /** What a secret is called here: equal for equal secrets, and nothing without the key. 128 bits, lower hex. */
  fingerprint(kind: string, digest: string): string {
    const hmac = createHmac('sha256', this.#fingerprintKey).update(`crashkeep/secret/v1 ${kind} ${digest}`);
    return hmac.digest('hex').slice(0, 32);
  }
}

async function publish(file: string, key: KeyObject): Promise<void> {
  const pem = createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();
  await writeKeyFile(file, pem);
  if ((await readFile(file, 'utf8')).trim() !== pem.trim()) throw new Error('worker.mask-key-differs');
}
