/**
 * strict-store: where strict things lie. Objects (sealed payloads, symbols) and the rows of schema `strict`.
 *
 * May import: access, envelope, ids, ledger. Holds ciphertext, never a key that opens it.
 * Invariants: a row that makes a thing exist is written after its objects are durable; no column holds a byte of a dump in
 * the clear; object keys say nothing of what they hold; a recipient row proves nothing until its signature is checked.
 * Sources: DESIGN.md 4, 5, 17; prisma/strict/schema.prisma; fsync(2); Amazon S3 API (multipart upload).
 */
// Objects: whoever has rows of sealed things needs their store, too.
export {
  type ObjectKind,
  type ObjectStore,
  type ObjectStoreErrorCode,
  type S3Settings,
  type SettingsReader,
  type StoredObject,
  FileObjectStore,
  ObjectStoreError,
  S3ObjectStore,
  objectKey,
  objectStoreFromSettings,
} from '@crashkeep/object-store';
export { type StrictRows, type StrictStore, openStrictStore } from './rows/strict-store.js';
export {
  type DumpFormat,
  type PartKind,
  type ReceivedDump,
  type ReceivedPart,
  type SealedObject,
  findUpload,
  findUploader,
  insertReceivedDump,
  orphanKeys,
} from './rows/received-dump.js';
export {
  type RecipientRow,
  countOpenable,
  findRecipient,
  findRecipientById,
  insertRecipient,
} from './rows/recipient-row.js';
export {
  type LeaseTerms,
  type LeasedDump,
  endFailedWalk,
  findWalkable,
  leaseForWalk,
  postponeWalk,
  recordWalk,
  renewLease,
} from './rows/walk-lease.js';
export {
  type DumpToLease,
  type LeasePurpose,
  type NewLease,
  type OpenLease,
  type SpentAllowance,
  closeExtractionLeases,
  findOpenLease,
  insertExtractionLease,
  lockAllowance,
  lockDumpToLease,
} from './rows/extraction-lease.js';
export {
  endSecondWalk,
  findSecondWalks,
  findWalkedDump,
  lockWalk,
  putSecondWalkOff,
  renewSecondWalk,
  replaceWalk,
  takeSecondWalk,
  wantSecondWalk,
} from './rows/second-walk.js';
export { type WalkRow, findWalk } from './rows/walk-row.js';
export { type DeclaredDump, findDeclaredDump, findWalksWithModule } from './rows/walked-dump.js';
export { type DumpFacts, findAnnotationParts, findDumpFacts } from './rows/dump-facts.js';
export { SYMBOL_KINDS, type SymbolKind, isFoundByIdAlone } from './rows/symbol-kind.js';
export {
  type SymbolChange,
  type SymbolFileRow,
  type SymbolState,
  countUnconverted,
  findSymbolFileById,
  findUnconverted,
  insertSymbolFile,
  lockFormsOf,
  requeueSymbols,
  setSymbolState,
} from './rows/symbol-file.js';
export {
  type DebugName,
  findForms,
  findSymbolFiles,
  findSymbolFilesByCodeName,
  findSymbolFilesByDebugId,
  orphanSymbolKeys,
} from './rows/symbol-search.js';
export { type FindRecipient, RecipientBook, type Recipients, parseStatementKey } from './recipients/recipient-book.js';
export { type ApprovalRow, approvalsOfGrant } from './grants/approval-row.js';
export { type ChargedRead, type ReadToCharge, chargeRead } from './grants/charge-read.js';
export {
  type Decision,
  hasOverdueReview,
  recordDecision,
  recordOwnOpening,
  recordReview,
} from './grants/decide-grant.js';
export { type GrantFilter, listGrants } from './grants/grant-list.js';
export { type GrantRow, findGrant, grantFrom, lockGrant } from './grants/grant-row.js';
export { type GrantRequest, editGrant, insertGrant } from './grants/request-grant.js';
export { type ChallengePurpose, type RoomChallenge, keepChallenge, takeChallenge } from './grants/room-challenge.js';
export {
  type EndedGrant,
  activateGrant,
  endGrant,
  expireGrants,
  findWaitingPolicies,
  lapseGrants,
  revokeGrantsApprovedBy,
  revokeGrantsOf,
} from './grants/run-grant.js';
export {
  type ProposedStatement,
  endStatement,
  insertSignature,
  listStatements,
  proposeStatement,
} from './statements/statement-rows.js';
export { TrustBook } from './statements/trust-book.js';
export { type OpenGrant, lockOpenGrants, revokeGrants } from './grants/open-grants.js';
export { closeExtraction } from './screening/close-extraction.js';
export {
  type DetectorSetRow,
  type MaskRow,
  announceDetectorSet,
  detectorSets,
  findMask,
  insertMask,
} from './screening/mask-rows.js';
export {
  MASK_RANGES_MAX,
  type MaskRanges,
  type MaskStatement,
  isDetectorSet,
  maskText,
  signDetectorSet,
  signMask,
  verifiedMask,
} from './screening/mask-statement.js';
export {
  type FoundSecret,
  type FoundSighting,
  type ScreeningEnd,
  type ScreeningSkip,
  endScreening,
  recordFindings,
} from './screening/record-screening.js';
export {
  type LeasedScreening,
  type ScreenObject,
  findScreenable,
  leaseScreening,
  planScreenings,
  postponeScreening,
  renewScreening,
} from './screening/screening-lease.js';
export {
  DEVICE_KINDS,
  type DeviceKind,
  type DeviceRow,
  findDevice,
  insertDevice,
  listDevices,
  renameDevice,
  revokeDevice,
} from './devices/device-rows.js';
