/**
 * envelope: seals a dump as an age v1 file whose header and payload are kept apart (DESIGN.md 5).
 *
 * May import: nothing of Crashkeep. Holds plaintext one chunk at a time, and public keys only.
 * Invariants: this package can seal and never open; one file key seals one payload under one nonce; every header
 * names its dump and project in a stanza that the header's MAC covers.
 * Sources: C2SP age v1 (c2sp.org/age), RFC 7748, RFC 7539, RFC 5869.
 */
export { EnvelopeError, type EnvelopeErrorCode } from './envelope-error.js';
export { type AgeHeader, type Stanza, encodeHeader, headerLength, headerMac, parseHeader } from './header.js';
export { type Binding, bindingOf, isBound } from './binding.js';
export { makeHeader } from './make-header.js';
export {
  type RecipientKind,
  type RecipientStatement,
  recipientPeriod,
  recipientStatement,
  verifyRecipient,
} from './recipient-statement.js';
export {
  CHUNK_BYTES,
  NONCE_BYTES,
  SEALED_CHUNK_BYTES,
  TAG_BYTES,
  chunkCount,
  chunkNonce,
  payloadKey,
  plaintextSize,
  sealedSize,
} from './payload-format.js';
export { FILE_KEY_BYTES, X25519_INFO, parseRecipient, recipientStanza } from './recipient.js';
export { type SealedHeaders, Sealing } from './sealing.js';
