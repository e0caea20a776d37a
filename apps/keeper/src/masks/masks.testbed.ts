import type { KeyObject } from 'node:crypto';
import {
  type MaskRanges,
  announceDetectorSet,
  insertMask,
  maskText,
  openStrictStore,
  signDetectorSet,
  signMask,
} from '@crashkeep/strict-store';

/** What a worker found, what it did not look at, by which detectors; `key` signs in place of the workers'. */
export interface FoundByScreen {
  readonly secret?: MaskRanges;
  readonly unsearched?: MaskRanges;
  readonly detectors?: number;
  readonly key?: KeyObject;
}

/** Writes a mask set as a worker does. Returns its id. */
export async function writeMask(
  url: string,
  about: { readonly dump: string; readonly project: string },
  maskKey: KeyObject,
  { secret = [], unsearched = [], detectors = 1, key = maskKey }: FoundByScreen,
): Promise<string> {
  const worker = openStrictStore(url, { connections: 1 });
  try {
    return await worker.transaction(async (rows) => {
      await announceDetectorSet(rows, detectors, signDetectorSet(detectors, maskKey));
      const mask = { ...about, detectors, objects: [{ part: null, secret, unsearched }] };
      const { id } = await insertMask(rows, mask, (statement) => {
        const text = maskText(statement);
        return { text, signature: signMask(text, key) };
      });
      return id;
    });
  } finally {
    await worker.close();
  }
}
