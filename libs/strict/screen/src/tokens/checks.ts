import { createHash } from 'node:crypto';
import type { Level } from '../job/finding.js';
import type { TokenCheck } from './token-rule.js';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

export function crc32(text: string): number {
  let value = -1;
  for (let i = 0; i < text.length; i++) value = (CRC[(value ^ text.charCodeAt(i)) & 255] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}

/** The level that a check gives a token, or null where the token is none. */
export const CHECKS: Readonly<Record<TokenCheck, (token: string) => Level | null>> = {
  'github-crc': (token) => {
    const body = token.slice(token.indexOf('_') + 1, -6);
    return base62(crc32(body)) === token.slice(-6) ? 3 : null;
  },
  'crc-hex': (token) => {
    const cut = token.lastIndexOf('_');
    return crc32(token.slice(0, cut)).toString(16).padStart(8, '0') === token.slice(cut + 1).toLowerCase() ? 3 : null;
  },
  jwt: (token) => (isJwtHeader(token.slice(0, token.indexOf('.'))) ? 2 : null),
  age: (token) => (isBech32(token) ? 3 : null),
  base58check: (token) => (isBase58Check(token) ? 3 : null),
  'aws-id': (token) => (token.endsWith('EXAMPLE') ? null : 1),
  uri: (token) => (isPlaceholder(/:\/\/[^:]*:([^@]*)@/.exec(token)?.[1] ?? '') ? null : 1),
};

/** A token of GitHub's shape whose checksum holds, of no account: a control. */
export function githubToken(random: Uint8Array): string {
  const body = Array.from(random.subarray(0, 30), (byte) => BASE62.charAt(byte % 62)).join('');
  return `ghp_${body}${base62(crc32(body))}`;
}

function base62(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = BASE62.charAt(rest % 62) + text;
  return text.padStart(6, '0');
}

function isJwtHeader(segment: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString());
    return typeof header === 'object' && header !== null && 'alg' in header && typeof header.alg === 'string';
  } catch {
    return false;
  }
}

/** BIP 173: the checksum of a human part and its data. */
function isBech32(token: string): boolean {
  const text = token.toLowerCase();
  const cut = text.lastIndexOf('1');
  const prefix = text.slice(0, cut);
  const data = Array.from(text.slice(cut + 1), (character) => BECH32.indexOf(character));
  if (data.includes(-1)) return false;
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  return polymod([...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...data]) === 1;
}

function polymod(values: readonly number[]): number {
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    generators.forEach((generator, i) => {
      if ((top >>> i) & 1) sum ^= generator;
    });
  }
  return sum;
}

function isBase58Check(token: string): boolean {
  let value = 0n;
  for (const character of token) {
    const digit = BASE58.indexOf(character);
    if (digit < 0) return false;
    value = value * 58n + BigInt(digit);
  }
  const hexadecimal = value.toString(16);
  const bytes = Buffer.from(hexadecimal.length & 1 ? `0${hexadecimal}` : hexadecimal, 'hex');
  const twice = createHash('sha256')
    .update(createHash('sha256').update(bytes.subarray(0, -4)).digest())
    .digest();
  return bytes.length > 20 && twice.subarray(0, 4).equals(bytes.subarray(-4));
}

/** What manuals and templates put where a password goes. */
function isPlaceholder(value: string): boolean {
  return /^(?:.{0,5}|x+|\*+|[a-z]{1,12}|.*(?:pass(?:word|wd)?|secret|example|changeme).*|[%$<{[].*)$/i.test(value);
}

/** Bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
