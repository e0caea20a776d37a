import canonicalize from 'canonicalize';
import type { Leaf } from './leaf.js';

/** The text that is hashed and stored: canonical JSON (RFC 8785). */
export function leafBody(leaf: Leaf): string {
  const body = canonicalize(leaf);
  if (body === undefined) throw new TypeError('ledger.malformed-body');
  return body;
}
