/**
 * ledger: what was done to strict data, said once and never changed. This part appends leaves and reads them back.
 *
 * May import: ids. Knows no dump: a leaf names ids, numbers, codes and what people wrote to one another, never a byte.
 * Invariants: a leaf is appended in the transaction of its act; PostgreSQL sets its process, salt, hash and time; no application role
 * can change or remove one; the hashed text is canonical JSON (RFC 8785), stored as it was hashed.
 * Sources: DESIGN.md 8; RFC 6962 section 2.1 (leaf hash), RFC 8785.
 */
export type { SqlTransaction } from './sql-transaction.js';
export { type LedgerProcess, LEDGER_PROCESSES } from './ledger-process.js';
export { type Leaf, type LeafOf, parseLeaf } from './leaf.js';
export { leafBody } from './leaf-body.js';
export { leafHash } from './leaf-hash.js';
export { appendLeaf } from './append-leaf.js';
export { type LedgerReader, type RecordedLeaf, openLedgerReader } from './ledger-reader.js';
