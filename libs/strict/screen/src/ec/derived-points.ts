import { bigOf, bytesOf, modInverse } from '../keys/big.js';
import { ecPoint, okpKey } from '../keys/curve-key.js';
import type { EcCurve, Secret } from '../keys/secret.js';
import { CURVES, MONTGOMERY_BITS } from './curve-equation.js';

/** The public half of a scalar in one form that memory may hold; meeting it proves the scalar. */
export interface DerivedPoint {
  readonly secret: Secret;
  readonly bytes: Uint8Array;
}

/**
 * What the bytes would be as a scalar: as written, as limbs, and as limbs in Montgomery's form modulo the order of the curve (ring and
 * Go keep them so). X then as it is written, as limbs, in Montgomery's form as limbs (the only one that Node keeps), and as Java's ints.
 */
export function ecPoints(curve: EcCurve, bytes: Uint8Array): DerivedPoint[] {
  const limbs = Uint8Array.from(bytes).reverse();
  const plain = outOfMontgomery(curve, bigOf(limbs), bytes.length);
  return [bytes, limbs, ...(plain === null ? [] : [plain])].flatMap((scalar) => pointForms(curve, scalar));
}

function pointForms(curve: EcCurve, scalar: Uint8Array): DerivedPoint[] {
  const point = ecPoint(curve, scalar);
  if (point === null) return [];
  const x = point.subarray(1, 1 + scalar.length);
  const montgomery = (bigOf(x) << MONTGOMERY_BITS[curve]) % CURVES[curve].field;
  const secret: Secret = { type: 'ec', curve, d: Uint8Array.from(scalar), point };
  const forms = [x, Uint8Array.from(x).reverse(), Uint8Array.from(bytesOf(montgomery, scalar.length)).reverse()];
  if (x.length % 4 === 0) forms.push(Buffer.from(x).swap32());
  return forms.map((bytes) => ({ secret, bytes }));
}

const inverses = new Map<EcCurve, bigint>();

function outOfMontgomery(curve: EcCurve, value: bigint, length: number): Uint8Array | null {
  const { order } = CURVES[curve];
  let inverse = inverses.get(curve);
  if (inverse === undefined) {
    inverse = modInverse(1n << MONTGOMERY_BITS[curve], order) ?? 1n;
    inverses.set(curve, inverse);
  }
  return value < order ? bytesOf((value * inverse) % order, length) : null;
}

const ED25519_FIELD = 2n ** 255n - 19n;

export function okpPoints(seed: Uint8Array): DerivedPoint[] {
  const [ed, x] = [okpKey('Ed25519', seed), okpKey('X25519', seed)];
  const found = [ed, x].flatMap((secret) => (secret === null ? [] : [{ secret, bytes: secret.point }]));
  const expanded = x === null ? null : expandedPoint(seed, x.point);
  return expanded === null ? found : [...found, ...expanded];
}

/**
 * A scalar that is clamped already may be the first half of a seed's SHA-512 (RFC 8032 5.1.5), without its seed: ring keeps it so.
 * The same multiple on Curve25519 gives u, and y = (u - 1) / (u + 1); the sign of x is either.
 */
function expandedPoint(scalar: Uint8Array, u: Uint8Array): DerivedPoint[] | null {
  const isClamped = ((scalar[0] ?? 0) & 7) === 0 && ((scalar[31] ?? 0) & 0xc0) === 0x40;
  if (!isClamped) return null;
  const value = bigOf(Uint8Array.from(u).reverse());
  const inverse = modInverse(value + 1n, ED25519_FIELD);
  if (inverse === null) return null;
  const y = ((value - 1n + ED25519_FIELD) * inverse) % ED25519_FIELD;
  return [0, 0x80].map((sign) => {
    const point = Uint8Array.from(bytesOf(y, 32)).reverse();
    point[31] = (point[31] ?? 0) | sign;
    const secret: Secret = { type: 'okp', curve: 'Ed25519', seed: Uint8Array.from(scalar), point, isExpanded: true };
    return { secret, bytes: point };
  });
}
