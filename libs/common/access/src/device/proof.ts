import canonicalize from 'canonicalize';
import { z } from 'zod';
import { AccessError } from '../access-error.js';
import type { AskedRange } from '../grant-range.js';
import { DeviceJwk, base64url, deviceThumbprint, fromBase64url } from './device-key.js';

const ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' };
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
/** A proof is a few hundred bytes; what is longer is none. */
export const PROOF_MAX = 2048;

/** DPoP (RFC 9449): no other type, algorithm or header is one. A `jku`, `x5c` or `crit` does not parse. */
const Header = z.strictObject({ typ: z.literal('dpop+jwt'), alg: z.literal('ES256'), jwk: DeviceJwk });

const Claims = z.strictObject({
  /** Random, used once. */
  jti: z.string().min(16).max(64),
  htm: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  htu: z.url().max(512),
  /** Seconds. Of no weight: the clock of a device may be wrong, the nonce's is ours. */
  iat: z.int(),
  nonce: z.string().min(1).max(128),
  /** SHA-256 of the access token, where one is sent (RFC 9449, 4.2). */
  ath: z.string().max(64).optional(),
  /** Of a read: SHA-256 of what it asks for, in canonical form. The method and address do not say it. */
  ask: z.string().max(64).optional(),
});
export type ProofClaims = z.infer<typeof Claims>;

type SigningKey = Parameters<typeof crypto.subtle.sign>[1];

export interface DeviceKey {
  readonly jwk: DeviceJwk;
  /** May be non-extractable. */
  readonly privateKey: SigningKey;
}

export async function newDeviceKey(extractable = false): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey(CURVE, extractable, ['sign', 'verify']);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { jwk: DeviceJwk.parse({ kty: 'EC', crv: 'P-256', x, y }), privateKey: pair.privateKey };
}

/** A proof for one request. */
export async function makeProof(
  { jwk, privateKey }: DeviceKey,
  claims: Omit<ProofClaims, 'jti' | 'iat'>,
): Promise<string> {
  const jti = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const body = { ...claims, jti, iat: Math.floor(Date.now() / 1000) };
  const text = `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk })}.${part(body)}`;
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(text));
  return `${text}.${base64url(new Uint8Array(signature))}`;
}

export interface Proof extends ProofClaims {
  /** Of the key that made it. */
  readonly device: string;
  readonly jwk: DeviceJwk;
}

/** What a proof says, by the key that it carries. Throws `access.proof-refused`. Whether nonce and jti are fresh is the caller's to ask. */
export async function verifyProof(text: string): Promise<Proof> {
  const [head = '', body = '', signature = '', ...more] = text.length > PROOF_MAX ? [] : text.split('.');
  const header = Header.safeParse(parsed(head));
  const claims = Claims.safeParse(parsed(body));
  if (!header.success || !claims.success || more.length > 0) throw new AccessError('access.proof-refused');
  const { jwk } = header.data;
  if (!(await isSigned(jwk, `${head}.${body}`, signature))) throw new AccessError('access.proof-refused');
  return { ...claims.data, jwk, device: await deviceThumbprint(jwk) };
}

async function isSigned(jwk: DeviceJwk, text: string, signature: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('jwk', jwk, CURVE, false, ['verify']);
    return await crypto.subtle.verify(ALGORITHM, key, fromBase64url(signature), new TextEncoder().encode(text));
  } catch {
    return false;
  }
}

/** What a proof of a read carries as `ask`. */
export async function askHash(asked: readonly AskedRange[]): Promise<string> {
  const text = canonicalize(asked) ?? '';
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

/** SHA-256 of an access token, base64url: `ath`. */
export async function tokenHash(token: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))));
}

const part = (value: object): string => base64url(new TextEncoder().encode(JSON.stringify(value)));

function parsed(text: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(text)));
  } catch {
    return null;
  }
}
