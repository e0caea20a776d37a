/**
 * ledger: what was done to strict data, said once and never changed. Leaves and how they are appended; the tree over them, its tiles,
 * proofs and signed checkpoints; what an auditor checks offline.
 *
 * May import: ids. Knows no dump: a leaf names ids, numbers, codes and what people wrote to one another, never a byte.
 * Invariants: a leaf is appended in the transaction of its act; PostgreSQL sets its process, salt, hash and time; no application role
 * can change or remove one; the hashed text is canonical JSON (RFC 8785), stored as it was hashed; what verifies trusts keys that it was
 * given and nothing that it reads.
 * Sources: DESIGN.md 8; RFC 6962 section 2.1; RFC 8785; C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-proof.
 */
export type { SqlTransaction } from './sql-transaction.js';
export { LedgerError, type LedgerErrorCode } from './ledger-error.js';
export { type LedgerProcess, LEDGER_PROCESSES } from './ledger-process.js';
export { type Leaf, type LeafOf, parseLeaf } from './leaf.js';
export { leafBody } from './leaf-body.js';
export { appendLeaf } from './append-leaf.js';
export { type LeafRow, type ReadEntry, SALT_BYTES, bareEntryOf, entryOf, readEntry } from './entry/entry.js';
export { ENTRY_BYTES_MAX, decodeBundle, encodeBundle } from './entry/entry-bundle.js';
export { EMPTY_ROOT, HASH_BYTES, type TreeHash, entryHash, nodeHash } from './tree/node-hash.js';
export {
  TILE_LEVELS,
  TILE_WIDTH,
  type TileName,
  bundlePath,
  nodesAt,
  tilePath,
  tilesBetween,
  widthAt,
} from './tree/tile-path.js';
export { type Growth, type LedgerObject, type UpperNode, grow, partialPaths } from './tree/ledger-growth.js';
export { type FrontierState, type FullTile, TreeFrontier } from './tree/tree-frontier.js';
export { type TileSource, TreeReader, hashesOf } from './tree/tree-reader.js';
export { type TreeHead, isConsistent, rootOfInclusion } from './tree/check-proof.js';
export {
  type SignatureKind,
  type VerifierKey,
  isKeyName,
  keyId,
  parseVerifierKey,
  verifierKeyText,
} from './note/verifier-key.js';
export {
  type NoteSignature,
  type SignedNote,
  noteText,
  parseNote,
  parseSignatureLines,
  signatureLine,
} from './note/signed-note.js';
export { type NoteSigner, cosignNote, heldBy, signNote, verifierOf } from './note/note-signature.js';
export { type Checkpoint, checkpointText, parseCheckpoint } from './note/checkpoint.js';
export { type AddCheckpoint, addCheckpointText, parseAddCheckpoint } from './note/add-checkpoint.js';
export { keysAfter, successionNote } from './note/succession.js';
export { type LogProof, parseHash, parseProofText, proofText } from './note/proof-text.js';
export { type LatestCheckpoint, databaseTiles, latestCheckpoint } from './rows/ledger-view.js';
export { type Witness, type WitnessReply, answerWitness } from './witness/answer-witness.js';
export { type Finding, type VerifyCode } from './verify/finding.js';
export { type SignedCheckpoint, type Trust, splitNotes } from './verify/trust.js';
export { CHECKPOINT_PATH, KEYS_PATH, type LedgerObjects, type Verdict, verifyTiles } from './verify/verify-tiles.js';
export { ExportHead, ExportedLeaf } from './verify/export-lines.js';
export { verifyExport } from './verify/verify-export.js';
export { type ReceiptVerdict, verifyReceipt } from './verify/verify-receipt.js';
