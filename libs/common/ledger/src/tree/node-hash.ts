import { hash } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type TreeHash = Buffer;

export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0x00);
/** 0x01 marks a node and 0x00 a leaf, so that neither can pass for the other (RFC 6962 section 2.1). */
const NODE = Uint8Array.of(0x01);

/** The root of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: TreeHash = hash('sha256', '', 'buffer');

export function entryHash(entry: Uint8Array): TreeHash {
  return hash('sha256', Buffer.concat([LEAF, entry]), 'buffer');
}

export function nodeHash(left: TreeHash, right: TreeHash): TreeHash {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
}
