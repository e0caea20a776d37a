import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode, writeKeyFile } from '@crashkeep/platform';

/** The Ed25519 key that signs recipients, made at the first start. */
export async function openStatementKey(folder: string): Promise<KeyObject> {
  const path = join(folder, 'statement.key');
  const fresh = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  await writeKeyFile(path, fresh.toString());
  return createPrivateKey(await readFile(path));
}

export const publicHalf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();

/** A PEM's own bytes, base64url. */
export const spkiOf = (pem: string): string =>
  createPublicKey(pem).export({ format: 'der', type: 'spki' }).toString('base64url');

/**
 * Puts the public half where ingest's configuration looks for it, if nothing is there. False where another key is there: that
 * file is ingest's own, and who may write the keeper's folder must not change it in passing.
 */
export async function publishStatementKey(path: string, pem: string): Promise<boolean> {
  await writeKeyFile(path, pem);
  try {
    return (await readFile(path, 'utf8')).trim() === pem.trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}
