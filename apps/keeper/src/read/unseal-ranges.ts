import { AccessError, type FileRange } from '@crashkeep/access';
import type { ChargedRead, ObjectStore } from '@crashkeep/strict-store';
import { UnsealedPayload } from '@crashkeep/unseal';
import type { KeyProvider } from '../keys/key-provider.js';
import type { AllowedRead } from './verify-read.js';

/** An age file: the dump's own, or that of a part. */
interface SealedFile {
  readonly header: Uint8Array;
  readonly objectKey: string;
  readonly sealedBytes: number;
}

/**
 * Exactly the bytes of a read that was charged and written down: it asks for the proof of both. What fails from here on was
 * charged all the same, and counts as seen. The caller wipes the bytes.
 */
export async function unsealRanges(
  read: AllowedRead,
  _charged: ChargedRead,
  keys: KeyProvider,
  objects: ObjectStore,
): Promise<Buffer> {
  const plaintext = Buffer.alloc(read.bytes);
  try {
    let at = 0;
    for (const [file, ranges] of filesOf(read)) {
      const payload = await openFile(read, file, keys, objects);
      at = await readInto(plaintext, at, payload, ranges);
    }
    return plaintext;
  } catch {
    plaintext.fill(0);
    throw new AccessError('access.dump-unreadable');
  }
}

/** Neighbours of one file together, in the order in which they were asked for. */
function filesOf({ dump, ranges }: AllowedRead): [SealedFile, FileRange[]][] {
  const whole: SealedFile = { header: dump.vaultHeader, objectKey: dump.objectKey, sealedBytes: dump.sealedBytes };
  const runs: [SealedFile, FileRange[]][] = [];
  let last: string | null | undefined;
  for (const range of ranges) {
    const part = range.part ?? null;
    if (part !== last) runs.push([part === null ? whole : partOf(dump, part), []]);
    last = part;
    runs.at(-1)?.[1].push(range);
  }
  return runs;
}

function partOf({ parts }: AllowedRead['dump'], id: string): SealedFile {
  const part = parts.find((it) => it.id === id);
  if (part === undefined || part.vaultHeader === null) throw new AccessError('access.dump-gone');
  const { objectKey, sealedBytes, vaultHeader } = part;
  return { header: new Uint8Array(Buffer.from(vaultHeader, 'base64')), objectKey, sealedBytes };
}

async function openFile(
  { dump, grant }: AllowedRead,
  { header, objectKey, sealedBytes }: SealedFile,
  keys: KeyProvider,
  objects: ObjectStore,
): Promise<UnsealedPayload> {
  const binding = { dump: grant.dump, project: grant.project };
  const fileKey = await keys.openVaultHeader({ project: grant.project, month: dump.vaultMonth }, header, binding);
  try {
    const read = (offset: number, length: number): Promise<Uint8Array> => objects.read(objectKey, offset, length);
    return await UnsealedPayload.open({ size: sealedBytes, read }, fileKey);
  } finally {
    fileKey.fill(0);
  }
}

async function readInto(
  plaintext: Buffer,
  start: number,
  payload: UnsealedPayload,
  ranges: readonly FileRange[],
): Promise<number> {
  let at = start;
  try {
    for (const { offset, length } of ranges) {
      const part = await payload.read(offset, length);
      at += part.copy(plaintext, at);
      part.fill(0);
    }
    return at;
  } finally {
    payload.close();
  }
}
