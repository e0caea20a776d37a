import { AccessError, type FileRange } from '@crashkeep/access';
import type { ChargedRead, ObjectStore } from '@crashkeep/strict-store';
import { UnsealedPayload } from '@crashkeep/unseal';
import type { KeyProvider } from '../keys/key-provider.js';
import type { AllowedRead } from './verify-read.js';

/**
 * Exactly the bytes of a read that was charged and written down: it asks for the proof of both. What fails from here on was
 * charged all the same, and counts as seen. The caller wipes the bytes.
 */
export async function unsealRanges(
  { dump, grant, ranges, bytes }: AllowedRead,
  _charged: ChargedRead,
  keys: KeyProvider,
  objects: ObjectStore,
): Promise<Buffer> {
  try {
    const binding = { dump: grant.dump, project: grant.project };
    const fileKey = await keys.openVaultHeader(
      { project: grant.project, month: dump.vaultMonth },
      dump.vaultHeader,
      binding,
    );
    const payload = await openPayload(dump.objectKey, dump.sealedBytes, fileKey, objects);
    return await readAll(payload, ranges, bytes);
  } catch {
    throw new AccessError('access.dump-unreadable');
  }
}

async function openPayload(key: string, size: number, fileKey: Buffer, objects: ObjectStore): Promise<UnsealedPayload> {
  try {
    const read = (offset: number, length: number): Promise<Uint8Array> => objects.read(key, offset, length);
    return await UnsealedPayload.open({ size, read }, fileKey);
  } finally {
    fileKey.fill(0);
  }
}

async function readAll(payload: UnsealedPayload, ranges: readonly FileRange[], bytes: number): Promise<Buffer> {
  const plaintext = Buffer.alloc(bytes);
  let at = 0;
  try {
    for (const { offset, length } of ranges) {
      const part = await payload.read(offset, length);
      at += part.copy(plaintext, at);
      part.fill(0);
    }
    return plaintext;
  } finally {
    payload.close();
  }
}
