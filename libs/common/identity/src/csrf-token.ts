import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a page of ours sends back in a header: HMAC-SHA-256 under the session's cookie value. A page of another site can make the
 * browser send the cookie, but knows neither it nor this; and this does not give the cookie away.
 */
export const csrfToken = (cookie: string): string =>
  createHmac('sha256', cookie).update('crashkeep/csrf/v1').digest('base64url');

export function isCsrfToken(cookie: string, given: string): boolean {
  const [expected, offered] = [Buffer.from(csrfToken(cookie)), Buffer.from(given)];
  return expected.length === offered.length && timingSafeEqual(expected, offered);
}
