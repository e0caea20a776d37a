import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { base62OfUint32, randomBase62 } from './base62.js';

/** What a machine may do: send dumps, send symbols, read the lenient tier. A class is accepted by one process only. */
export const TOKEN_CLASSES = ['ingest', 'symbols', 'read'] as const;
export const TokenClassText = z.enum(TOKEN_CLASSES);
export type TokenClass = z.infer<typeof TokenClassText>;

/** Scanners of source code know a leaked token by these and by its checksum. */
const PREFIX: { readonly [C in TokenClass]: string } = { ingest: 'cki_', symbols: 'cks_', read: 'ckr_' };

const PUBLIC_ID_PLACES = 22;
/** 43 places of 62: 256 bits. */
const SECRET_PLACES = 43;
const FORM = /^(cki_|cks_|ckr_)([0-9A-Za-z]{22})[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/;

export interface ApiToken {
  readonly class: TokenClass;
  /** How its row is found; no secret. */
  readonly publicId: string;
  /** SHA-256 of the whole text: what is stored and compared. */
  readonly hash: Uint8Array<ArrayBuffer>;
}

/** `cki_` and 71 letters and digits: public id, secret, CRC-32 of all before it. The text is shown once and stored nowhere. */
export function newApiToken(tokenClass: TokenClass): ApiToken & { readonly text: string } {
  const publicId = randomBase62(PUBLIC_ID_PLACES);
  const body = `${PREFIX[tokenClass]}${publicId}${randomBase62(SECRET_PLACES)}`;
  const text = body + checksum(body);
  return { class: tokenClass, publicId, hash: hashOf(text), text };
}

/** Null where the text cannot be a token: a typo is found by its checksum, without asking the database. */
export function parseApiToken(text: string): ApiToken | null {
  const [, prefix, publicId, sum] = FORM.exec(text) ?? [];
  if (publicId === undefined || sum === undefined || sum !== checksum(text.slice(0, -sum.length))) return null;
  const tokenClass = TOKEN_CLASSES.find((known) => PREFIX[known] === prefix);
  return tokenClass === undefined ? null : { class: tokenClass, publicId, hash: hashOf(text) };
}

const checksum = (body: string): string => base62OfUint32(crc32(body));

const hashOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(text, 'latin1').digest());
