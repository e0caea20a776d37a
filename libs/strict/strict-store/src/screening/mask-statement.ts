import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

const DOMAIN = 'crashkeep/mask/v1';
const SET_DOMAIN = 'crashkeep/detectors/v1';

/** Places of one object that a mask set may name. What is more is taken together with what lies between. */
export const MASK_RANGES_MAX = 8192;

/** Offset and length in bytes of the plaintext, sorted, apart from each other. */
const Ranges = z.array(z.tuple([z.int().min(0), z.int().min(1)])).max(MASK_RANGES_MAX);
export type MaskRanges = z.infer<typeof Ranges>;

/** What nobody may see of a dump, as the worker that screened it signs it. */
export const MaskStatement = z.strictObject({
  dump: z.uuid(),
  project: z.string().max(40),
  /** Rises with each set of the dump. */
  number: z.int().min(1),
  detectors: z.int().min(0),
  objects: z
    .array(
      z.strictObject({
        /** Null for the dump itself. */
        part: z.uuid().nullable(),
        /** Key material and credentials, every copy. */
        secret: Ranges,
        /** What these detectors did not get to see. */
        unsearched: Ranges,
      }),
    )
    .max(256),
});
export type MaskStatement = z.infer<typeof MaskStatement>;

/** The fields in this order and no spaces: the one text of a mask. */
export function maskText({ dump, project, number, detectors, objects }: MaskStatement): string {
  const plain = objects.map(({ part, secret, unsearched }) => ({ part, secret, unsearched }));
  return JSON.stringify({ dump, project, number, detectors, objects: plain });
}

/** Ed25519 over the domain and the text, base64url. */
export const signMask = (text: string, key: KeyObject): string => signed(DOMAIN, text, key);

/** Null where the text is not, letter for letter, that of a mask, or the signature is not the key's. */
export function verifiedMask(text: string, signature: string, key: KeyObject): MaskStatement | null {
  if (!isSigned(DOMAIN, text, signature, key)) return null;
  try {
    const parsed = MaskStatement.parse(JSON.parse(text));
    return maskText(parsed) === text ? parsed : null;
  } catch {
    return null;
  }
}

/** That a set of this number runs here: what older sets screened is due again, and masked until then. */
export const signDetectorSet = (number: number, key: KeyObject): string => signed(SET_DOMAIN, String(number), key);

export const isDetectorSet = (number: number, signature: string, key: KeyObject): boolean =>
  isSigned(SET_DOMAIN, String(number), signature, key);

function signed(domain: string, text: string, key: KeyObject): string {
  return sign(null, Buffer.from(`${domain}\n${text}`), key).toString('base64url');
}

function isSigned(domain: string, text: string, signature: string, key: KeyObject): boolean {
  try {
    return verify(null, Buffer.from(`${domain}\n${text}`), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
