import { createECDH, createPrivateKey, type ECDH } from 'node:crypto';
import type { EcCurve, EcSecret, OkpCurve, OkpSecret } from './secret.js';

const OPENSSL_NAME: Readonly<Record<EcCurve, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  secp256k1: 'secp256k1',
};

/** Bytes of a scalar and of a coordinate. */
export const SCALAR_BYTES: Readonly<Record<EcCurve, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  secp256k1: 32,
};

const calculators = new Map<EcCurve, ECDH>();

/** d * G uncompressed, or null where d is no scalar of the curve. */
export function ecPoint(curve: EcCurve, d: Uint8Array): Uint8Array | null {
  let calculator = calculators.get(curve);
  if (calculator === undefined) {
    calculator = createECDH(OPENSSL_NAME[curve]);
    calculators.set(curve, calculator);
  }
  try {
    calculator.setPrivateKey(d);
    return calculator.getPublicKey();
  } catch {
    return null;
  }
}

export function ecKey(curve: EcCurve, d: Uint8Array): EcSecret | null {
  const point = ecPoint(curve, d);
  return point === null ? null : { type: 'ec', curve, d: Uint8Array.from(d), point };
}

/** A key whose public half stands beside it, and is the one that its scalar gives. */
export function ecKeyOfPoint(curve: EcCurve, d: Uint8Array, point: Uint8Array): EcSecret | null {
  const key = ecKey(curve, d);
  return key !== null && Buffer.compare(key.point, point) === 0 ? key : null;
}

/** An import by JWK costs a tenth of one by DER; `x` is not looked at, it must only be there. */
const ANY_POINT = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

export function okpKey(curve: OkpCurve, seed: Uint8Array): OkpSecret | null {
  try {
    const d = Buffer.from(seed.buffer, seed.byteOffset, seed.length).toString('base64url');
    const key = createPrivateKey({ key: { kty: 'OKP', crv: curve, d, x: ANY_POINT }, format: 'jwk' });
    const { x } = key.export({ format: 'jwk' });
    if (x === undefined) return null;
    return { type: 'okp', curve, seed: Uint8Array.from(seed), point: Buffer.from(x, 'base64url') };
  } catch {
    return null;
  }
}

export function okpKeyOfPoint(curve: OkpCurve, seed: Uint8Array, point: Uint8Array): OkpSecret | null {
  const key = okpKey(curve, seed);
  return key !== null && Buffer.compare(key.point, point) === 0 ? key : null;
}
