import { createHash } from 'node:crypto';
import { bytesOf } from './big.js';

export type EcCurve = 'P-256' | 'P-384' | 'P-521' | 'secp256k1';
export type OkpCurve = 'Ed25519' | 'X25519';

/** Two primes, or one whose partner is not in the dump (`q` null). */
export interface RsaSecret {
  readonly type: 'rsa';
  readonly p: bigint;
  readonly q: bigint | null;
  readonly e: bigint;
}

export interface EcSecret {
  readonly type: 'ec';
  readonly curve: EcCurve;
  readonly d: Uint8Array;
  /** Uncompressed: 04, X, Y. */
  readonly point: Uint8Array;
}

export interface OkpSecret {
  readonly type: 'okp';
  readonly curve: OkpCurve;
  readonly seed: Uint8Array;
  readonly point: Uint8Array;
  /** `seed` is no seed but the scalar that one gave. */
  readonly isExpanded?: true;
}

export interface AesSecret {
  readonly type: 'aes';
  readonly key: Uint8Array;
}

/** Anything that is its own bytes: a token, a DSA key, a TLS secret. */
export interface PlainSecret {
  readonly type: 'plain';
  readonly kind: string;
  /** The value in its shortest form; text narrowed from UTF-16. */
  readonly value: Uint8Array;
  readonly isText: boolean;
}

/** What was proved. It lives in the job alone: no part of it reaches a finding. */
export type Secret = RsaSecret | EcSecret | OkpSecret | AesSecret | PlainSecret;

export function kindOf(secret: Secret): string {
  switch (secret.type) {
    case 'rsa':
      return 'rsa-private-key';
    case 'ec':
      return `ec-${secret.curve.toLowerCase().replace('-', '')}-private-key`;
    case 'okp':
      return `${secret.curve.toLowerCase()}-private-key`;
    case 'aes':
      return `aes-${8 * secret.key.length}-schedule`;
    case 'plain':
      return secret.kind;
  }
}

/** Equal for equal secrets, whatever form they were seen in. */
export function canonicalBytes(secret: Secret): Uint8Array {
  switch (secret.type) {
    case 'rsa':
      return bytesOf(secret.q === null ? secret.p : secret.p * secret.q);
    case 'ec':
      return secret.d;
    case 'okp':
      return secret.seed;
    case 'aes':
      return secret.key;
    case 'plain':
      return secret.value;
  }
}

/** A name for maps inside a job; a hash only so that it is short. */
export function identityOf(secret: Secret): string {
  return createHash('sha256').update(kindOf(secret)).update('\0').update(canonicalBytes(secret)).digest('hex');
}
