import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, base64url. */
export const newSecretText = (): string => randomBytes(32).toString('base64url');

/** What is stored of a cookie or a link: its SHA-256. A random secret of 256 bits needs no salt. */
export const hashOfSecret = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(text, 'utf8').digest());
