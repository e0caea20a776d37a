/**
 * object-store: bytes under keys, as files or in S3. Sealed payloads, symbols and the ledger's tiles lie in stores of their own.
 *
 * May import: nothing of Crashkeep. Knows no dump. Not for the lenient side: a console has no store to reach.
 * Invariants: an object is there as a whole or not at all; a key says nothing of what it holds; an error quotes no key, path or address.
 * Sources: DESIGN.md 5.
 */
export { type ObjectStore, type StoredObject, ObjectStoreError, type ObjectStoreErrorCode } from './object-store.js';
export { objectKey } from './object-key.js';
export { FileObjectStore } from './file-object-store.js';
export { S3ObjectStore, type S3Settings } from './s3-object-store.js';
export { type ObjectKind, type SettingsReader, objectStoreFromSettings } from './object-store-settings.js';
