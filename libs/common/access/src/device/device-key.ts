import canonicalize from 'canonicalize';
import { z } from 'zod';

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The public half of a device's key: EC P-256, and nothing else (RFC 7517). A private half in it does not parse. */
export const DeviceJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
});
export type DeviceJwk = z.infer<typeof DeviceJwk>;

/** RFC 7638: how a device is named in grants and statements. */
export const DeviceText = coordinate;

export async function deviceThumbprint({ crv, kty, x, y }: DeviceJwk): Promise<string> {
  const text = canonicalize({ crv, kty, x, y }) ?? '';
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (digit) => digit.charCodeAt(0));
}
