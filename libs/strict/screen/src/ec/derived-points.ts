import { bigOf, bytesOf } from '../keys/big.js';
import { ecPoint, okpKey } from '../keys/curve-key.js';
import type { EcCurve, Secret } from '../keys/secret.js';
import type { SeenScalar } from './scalar-pool.js';

/** The public half of a scalar in one form that memory may hold; meeting it proves the scalar. */
export interface DerivedPoint {
  readonly secret: Secret;
  readonly bytes: Uint8Array;
}

const FIELD: Readonly<Record<EcCurve, bigint>> = {
  'P-256': 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
  'P-384': 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
  'P-521': 2n ** 521n - 1n,
  secp256k1: 2n ** 256n - 2n ** 32n - 977n,
};
/** Libraries compute with whole limbs: R is 2 to this. */
const MONTGOMERY_BITS: Readonly<Record<EcCurve, bigint>> = {
  'P-256': 256n,
  'P-384': 384n,
  'P-521': 576n,
  secp256k1: 256n,
};

/** X as it is written, as limbs, and multiplied by R as limbs: the only form that Node keeps. */
export function ecPoints(curve: EcCurve, { bytes }: SeenScalar): DerivedPoint[] {
  const point = ecPoint(curve, bytes);
  if (point === null) return [];
  const x = point.subarray(1, 1 + bytes.length);
  const montgomery = (bigOf(x) << MONTGOMERY_BITS[curve]) % FIELD[curve];
  const secret: Secret = { type: 'ec', curve, d: bytes, point };
  return [
    { secret, bytes: x },
    { secret, bytes: Uint8Array.from(x).reverse() },
    { secret, bytes: Uint8Array.from(bytesOf(montgomery, bytes.length)).reverse() },
  ];
}

export function okpPoints(curve: 'Ed25519' | 'X25519', { bytes }: SeenScalar): DerivedPoint[] {
  const secret = okpKey(curve, bytes);
  return secret === null ? [] : [{ secret, bytes: secret.point }];
}
