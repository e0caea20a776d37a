import { bigOf } from '../keys/big.js';
import { ecKeyOfPoint, okpKey, okpKeyOfPoint, SCALAR_BYTES } from '../keys/curve-key.js';
import { rsaFromExponent, rsaFromFactor } from '../keys/rsa-key.js';
import type { EcCurve, PlainSecret, Secret } from '../keys/secret.js';
import type { Level } from '../job/finding.js';

export interface JwkKey {
  readonly secret: Secret;
  readonly level: Level;
  /** Characters of the text from the beginning of the object to its end. */
  readonly from: number;
  readonly to: number;
}

/** The private member; JSON writers put a space behind the colon or none. */
export const JWK_ANCHORS = ['"d":"', '"d": "', '"k":"', '"k": "', '\\"d\\":\\"', '\\"k\\":\\"'] as const;
export const JWK_BEFORE = 4 * 1024;
export const JWK_AFTER = 8 * 1024;

/** RFC 7517: the flat object around `at`. Text that was cut at either end is taken as far as it goes. */
export function jwkAround(text: string, at: number): JwkKey | null {
  const open = text.lastIndexOf('{', at);
  const close = text.indexOf('}', at);
  const from = open < 0 ? 0 : open;
  const to = close < 0 ? text.length : close + 1;
  const members = membersOf(text.slice(from, to).replaceAll('\\"', '"'));
  const proven = provenKey(members);
  return proven === null ? null : { ...proven, from, to };
}

type Members = ReadonlyMap<string, string>;

function membersOf(text: string): Members {
  const members = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/"([a-z]{1,3})"\s{0,8}:\s{0,8}"([A-Za-z0-9_+/=-]{1,4096})"/g)) {
    if (name !== undefined && value !== undefined && !members.has(name)) members.set(name, value);
  }
  const curve = /"crv"\s*:\s*"([A-Za-z0-9-]{1,12})"/.exec(text)?.[1];
  if (curve !== undefined) members.set('crv', curve);
  return members;
}

function provenKey(members: Members): { secret: Secret; level: Level } | null {
  const bytes = (name: string) => Buffer.from(members.get(name) ?? '', 'base64url');
  const number = (name: string) => bigOf(bytes(name));
  if (members.get('kty') === 'oct') return symmetricKey(bytes('k'));
  const d = bytes('d');
  if (d.length === 0) return null;
  if (members.has('n')) {
    const e = members.has('e') ? number('e') : 65537n;
    const byFactor = members.has('p') ? rsaFromFactor(number('n'), number('p'), e) : null;
    const secret = byFactor ?? rsaFromExponent(number('n'), e, bigOf(d));
    return secret === null ? null : { secret, level: 4 };
  }
  return curveKey(members.get('crv') ?? '', d, bytes('x'), bytes('y'));
}

function curveKey(name: string, d: Uint8Array, x: Uint8Array, y: Uint8Array): { secret: Secret; level: Level } | null {
  if (name === 'Ed25519' || name === 'X25519') {
    if (d.length !== 32) return null;
    const proven = okpKeyOfPoint(name, d, x);
    if (proven !== null) return { secret: proven, level: 4 };
    const parsed = x.length === 0 ? okpKey(name, d) : null;
    return parsed === null ? null : { secret: parsed, level: 2 };
  }
  if (!isEcCurve(name) || d.length !== SCALAR_BYTES[name]) return null;
  const secret = ecKeyOfPoint(name, d, Buffer.concat([Buffer.of(4), x, y]));
  return secret === null ? null : { secret, level: 4 };
}

function isEcCurve(name: string): name is EcCurve {
  return name in SCALAR_BYTES;
}

function symmetricKey(value: Uint8Array): { secret: PlainSecret; level: Level } | null {
  if (value.length < 16 || value.length > 128) return null;
  return {
    secret: { type: 'plain', kind: 'jwk-symmetric-key', value: Uint8Array.from(value), isText: false },
    level: 2,
  };
}
