import type { EcCurve } from '../keys/secret.js';

/** SEC 2 and FIPS 186-4: y^2 = x^3 + a x + b modulo `field`; the generator has `order` multiples. */
interface CurveParameters {
  readonly field: bigint;
  readonly order: bigint;
  readonly a: bigint;
  readonly b: bigint;
  /** X of the generator: every library has it. */
  readonly generator: bigint;
}

const hexadecimal = (text: string): bigint => BigInt(`0x${text}`);

export const CURVES: Readonly<Record<EcCurve, CurveParameters>> = {
  'P-256': {
    field: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    order: hexadecimal('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
    a: -3n,
    b: hexadecimal('5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b'),
    generator: hexadecimal('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'),
  },
  'P-384': {
    field: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    order: hexadecimal(
      'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    ),
    a: -3n,
    b: hexadecimal('b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef'),
    generator: hexadecimal(
      'aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7',
    ),
  },
  'P-521': {
    field: 2n ** 521n - 1n,
    order: hexadecimal(
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    ),
    a: -3n,
    b: hexadecimal(
      '0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00',
    ),
    generator: hexadecimal(
      '00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66',
    ),
  },
  secp256k1: {
    field: 2n ** 256n - 2n ** 32n - 977n,
    order: hexadecimal('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'),
    a: 0n,
    b: 7n,
    generator: hexadecimal('79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'),
  },
};

/** Libraries compute with whole limbs: R of Montgomery's form is 2 to this. */
export const MONTGOMERY_BITS: Readonly<Record<EcCurve, bigint>> = {
  'P-256': 256n,
  'P-384': 384n,
  'P-521': 576n,
  secp256k1: 256n,
};

/** A point other than the generator, plain or with both coordinates in Montgomery's form. */
export function isCurvePoint(curve: EcCurve, x: bigint, y: bigint): boolean {
  const { field, generator, a, b } = CURVES[curve];
  if (x >= field || y >= field || x === generator) return false;
  const square = (y * y) % field;
  const cube = (x * x) % field;
  if ((cube * x + a * x + b - square) % field === 0n) return true;
  const r = (1n << MONTGOMERY_BITS[curve]) % field;
  if (x === (generator * r) % field) return false;
  // X = xR, Y = yR: Y^2 R = X^3 + a X R^2 + b R^3.
  const r2 = (r * r) % field;
  return (cube * x + a * x * r2 + b * r * r2 - square * r) % field === 0n;
}
