import { createHash } from 'node:crypto';

/** 0x00 marks a leaf and 0x01 will mark a node, so that neither can pass for the other (RFC 6962 section 2.1). */
const LEAF = Uint8Array.of(0x00);

/** SHA-256(0x00 || salt || body): what schema ledger's append function computes, for those who check it. */
export function leafHash(salt: Uint8Array, body: string): Buffer {
  return createHash('sha256').update(LEAF).update(salt).update(body, 'utf8').digest();
}
