import { bigOf } from '../keys/big.js';
import { ecKey, ecKeyOfPoint, okpKey, okpKeyOfPoint, SCALAR_BYTES } from '../keys/curve-key.js';
import { derAt, derSequence, sequenceAround } from '../keys/der-reader.js';
import { hex } from '../keys/der-writer.js';
import { rsaFromCrtExponent, rsaFromExponent, rsaFromFactor } from '../keys/rsa-key.js';
import type { EcCurve, OkpCurve, Secret } from '../keys/secret.js';
import type { Level } from '../job/finding.js';

/** A key in DER, where it lies in `bytes`, and how sure it is. */
export interface DerKey {
  readonly secret: Secret;
  readonly level: Level;
  readonly from: number;
  readonly to: number;
}

type Inspect = (bytes: Uint8Array, at: number, from: number, limit: number) => DerKey | null;

export interface DerAnchor {
  readonly pattern: Uint8Array;
  readonly inspect: Inspect;
}

const OKP_HEAD: Readonly<Record<OkpCurve, Uint8Array>> = {
  Ed25519: hex('06 03 2b6570 04 22 04 20'),
  X25519: hex('06 03 2b656e 04 22 04 20'),
};
const CURVE_OIDS: readonly (readonly [EcCurve, Uint8Array])[] = [
  ['P-256', hex('06 08 2a8648ce3d030107')],
  ['P-384', hex('06 05 2b81040022')],
  ['P-521', hex('06 05 2b81040023')],
  ['secp256k1', hex('06 05 2b8104000a')],
];

/**
 * What a private key's DER holds inside, whatever is left of its head: a freed chunk of glibc loses its first 16 bytes, and
 * a parser that begins at the top misses a key that is whole from there on.
 */
export const DER_ANCHORS: readonly DerAnchor[] = [
  // PKCS#1: version 0, then the modulus. PKCS#8 holds one inside.
  { pattern: hex('02 01 00 02 82'), inspect: rsaFromHead },
  { pattern: hex('02 01 00 02 81'), inspect: rsaFromHead },
  // The usual exponent, then the private one.
  { pattern: hex('02 03 01 00 01 02 82'), inspect: rsaFromMiddle },
  { pattern: hex('02 03 01 00 01 02 81'), inspect: rsaFromMiddle },
  { pattern: hex('02 01 01 04 20'), inspect: ecFromHead },
  { pattern: hex('02 01 01 04 30'), inspect: ecFromHead },
  { pattern: hex('02 01 01 04 42'), inspect: ecFromHead },
  { pattern: OKP_HEAD.Ed25519, inspect: okpFromHead('Ed25519') },
  { pattern: OKP_HEAD.X25519, inspect: okpFromHead('X25519') },
];

/** Keys anywhere in a decoded text. */
export function keysInDer(bytes: Uint8Array): DerKey[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: DerKey[] = [];
  for (const { pattern, inspect } of DER_ANCHORS) {
    for (let at = buffer.indexOf(pattern); at >= 0 && found.length < 4; at = buffer.indexOf(pattern, at + 1)) {
      const key = inspect(bytes, at, 0, bytes.length);
      if (key !== null) found.push(key);
    }
  }
  return found.sort((a, b) => b.level - a.level);
}

function integersAt(bytes: Uint8Array, at: number, limit: number, most: number): { values: bigint[]; end: number } {
  const values: bigint[] = [];
  let end = at;
  for (const value of derSequence(bytes, at, limit, most)) {
    if (value.tag !== 2 || value.end - value.contentStart > 2049) break;
    values.push(bigOf(bytes.subarray(value.contentStart, value.end)));
    end = value.end;
  }
  return { values, end };
}

function rsaFromHead(bytes: Uint8Array, at: number, from: number, limit: number): DerKey | null {
  const { values, end } = integersAt(bytes, at, limit, 9);
  const [version, n, e, d, p, q, dp] = values;
  if (version !== 0n || n === undefined || e === undefined || e < 3n || e >= n) return null;
  const secret = provenRsa(n, e, { d, p, q, dp });
  if (secret === null) return null;
  const inner = sequenceAround(bytes, at, from, Number.MAX_SAFE_INTEGER);
  return { secret, level: 4, from: inner === null ? at : aroundPkcs8(bytes, inner.start, from), to: end };
}

function rsaFromMiddle(bytes: Uint8Array, at: number, from: number, limit: number): DerKey | null {
  const { values, end } = integersAt(bytes, at, limit, 7);
  const [e, d, p, q] = values;
  if (e === undefined || d === undefined || p === undefined || q === undefined) return null;
  if (!exponentFits(e, d, p, q)) return null;
  return { secret: { type: 'rsa', p, q, e }, level: 4, from: Math.max(at, from), to: end };
}

/** The exponent fits both factors: that is proof, and far cheaper than primality where keys are large. */
function exponentFits(e: bigint, d: bigint, p: bigint, q: bigint): boolean {
  return [p, q].every((prime) => prime > 2n ** 200n && (e * d) % (prime - 1n) === 1n);
}

/** Whatever of the private numbers is there: primes, else the exponent, else what is left of the Chinese remainders. */
function provenRsa(
  n: bigint,
  e: bigint,
  parts: { d: bigint | undefined; p: bigint | undefined; q: bigint | undefined; dp: bigint | undefined },
): Secret | null {
  const { d, p, q, dp } = parts;
  if (d !== undefined && p !== undefined && q !== undefined && p * q === n && exponentFits(e, d, p, q)) {
    return { type: 'rsa', p, q, e };
  }
  for (const factor of [p, q]) {
    const key = factor === undefined ? null : rsaFromFactor(n, factor, e);
    if (key !== null) return key;
  }
  const byExponent = d === undefined ? null : rsaFromExponent(n, e, d);
  return byExponent ?? (dp === undefined ? null : rsaFromCrtExponent(n, e, dp));
}

/** From a PKCS#1 or SEC1 SEQUENCE back to the PKCS#8 around it, where there is one. */
function aroundPkcs8(bytes: Uint8Array, inner: number, from: number): number {
  // SEQUENCE { INTEGER 0, SEQUENCE algorithm, OCTET STRING { inner } }: the version stands at most 32 bytes before.
  for (let at = inner - 5; at >= Math.max(from, inner - 36); at--) {
    if (bytes[at] !== 2 || bytes[at + 1] !== 1 || (bytes[at + 2] ?? 9) > 1 || bytes[at + 3] !== 0x30) continue;
    const outer = sequenceAround(bytes, at, from, Number.MAX_SAFE_INTEGER);
    if (outer !== null) return outer.start;
  }
  return inner;
}

function ecFromHead(bytes: Uint8Array, at: number, from: number, limit: number): DerKey | null {
  const length = bytes[at + 4] ?? 0;
  const end = at + 5 + length;
  if (end > limit) return null;
  const d = bytes.subarray(at + 5, end);
  const curves = CURVE_OIDS.filter(([curve]) => SCALAR_BYTES[curve] === length);
  const point = pointBehind(bytes, end, limit, length);
  if (point !== null) {
    for (const [curve] of curves) {
      const secret = ecKeyOfPoint(curve, d, point.bytes);
      if (secret !== null) return { secret, level: 4, from: headOf(bytes, at, from), to: point.end };
    }
    return null;
  }
  return ecWithoutPoint(bytes, { at, from, end, d, limit });
}

/** A key that does not say its public half: it must say its curve, and its lengths must close around it. */
function ecWithoutPoint(
  bytes: Uint8Array,
  { at, from, end, d, limit }: { at: number; from: number; end: number; d: Uint8Array; limit: number },
): DerKey | null {
  const inner = sequenceAround(bytes, at, from, limit);
  if (inner === null || distinctBytes(d) < d.length / 2) return null;
  const head = aroundPkcs8(bytes, inner.start, from);
  const around = Buffer.from(bytes.subarray(head, Math.min(limit, end + 16)));
  const curve = CURVE_OIDS.find(([, oid]) => around.includes(Buffer.from(oid)));
  if (curve === undefined || SCALAR_BYTES[curve[0]] !== d.length) return null;
  const secret = ecKey(curve[0], d);
  return secret === null ? null : { secret, level: 2, from: head, to: Math.max(end, inner.end) };
}

/** The uncompressed point of a SEC1 BIT STRING within the next few bytes. */
function pointBehind(
  bytes: Uint8Array,
  end: number,
  limit: number,
  length: number,
): { bytes: Uint8Array; end: number } | null {
  for (let at = end; at < end + 20 && at < limit; at++) {
    if (bytes[at] !== 3) continue;
    const value = derAt(bytes, at, limit);
    if (value === null || value.end - value.contentStart !== 2 * length + 2) continue;
    if (bytes[value.contentStart] !== 0 || bytes[value.contentStart + 1] !== 4) continue;
    return { bytes: bytes.subarray(value.contentStart + 1, value.end), end: value.end };
  }
  return null;
}

function headOf(bytes: Uint8Array, at: number, from: number): number {
  const inner = sequenceAround(bytes, at, from, Number.MAX_SAFE_INTEGER);
  return inner === null ? at : aroundPkcs8(bytes, inner.start, from);
}

function okpFromHead(curve: OkpCurve): Inspect {
  return (bytes, at, from, limit) => {
    const start = at + OKP_HEAD[curve].length;
    if (start + 32 > limit) return null;
    const seed = bytes.subarray(start, start + 32);
    if (distinctBytes(seed) < 16) return null;
    // PKCS#8 version 1 carries the public half: [1] BIT STRING.
    const point = bytes.subarray(start + 35, start + 67);
    const hasPoint = bytes[start + 32] === 0x81 && bytes[start + 33] === 0x21 && start + 67 <= limit;
    const proven = hasPoint ? okpKeyOfPoint(curve, seed, point) : null;
    const secret = proven ?? okpKey(curve, seed);
    if (secret === null) return null;
    const head = sequenceAround(bytes, at - 5, from, limit);
    if (proven === null && head === null) return null;
    const end = proven === null ? start + 32 : start + 67;
    return { secret, level: proven === null ? 2 : 4, from: head?.start ?? at, to: end };
  };
}

export function distinctBytes(bytes: Uint8Array): number {
  return new Set(bytes).size;
}
