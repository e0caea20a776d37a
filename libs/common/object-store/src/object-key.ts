import { ObjectStoreError } from './object-store.js';

const SEGMENT = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const MAX_SEGMENTS = 8;

/** Keys are ours: lower case, digits, `.`, `_`, `-`, in a few segments. Whatever else comes is a fault, never a path. */
export function requireObjectKey(key: string): string {
  const segments = key.split('/');
  if (segments.length > MAX_SEGMENTS || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new ObjectStoreError('object.malformed-key');
  }
  return key;
}

/**
 * The key of one object that belongs to a thing with an id: the dump's payload, one of its parts, a symbol file's text.
 * The id's first two digits spread objects over 256 folders; nothing in a key says project, product or client.
 */
export function objectKey(ownerId: string, objectName: string): string {
  return requireObjectKey(`${ownerId.slice(0, 2)}/${ownerId}.${objectName}`);
}
