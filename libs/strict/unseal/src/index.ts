/**
 * unseal: opens what envelope sealed, whole or by ranges. Only worker and keeper may import it (law 3).
 *
 * May import: envelope. Holds identities and plaintext.
 * Invariants: a header opens only for the dump and project that it names; no byte leaves a chunk whose tag is wrong;
 * the size of a payload is proved by its last chunk before any range is given out.
 * Sources: C2SP age v1 (c2sp.org/age).
 */
export { Identity } from './identity.js';
export { openForeignHeader, openHeader } from './open-header.js';
export { type CiphertextSource, UnsealedPayload } from './unsealed-payload.js';
