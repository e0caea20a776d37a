/**
 * access: who may ask for, allow and read raw memory. The grant's states, its terms, the statement that an approver signs.
 *
 * May import: ids. Pure, and fit for the browser: no I/O, no clock, no Node. Knows no dump, only numbers about one.
 * Invariants: terminal states never change; an edit voids approvals; an approver only narrows; requester and approver are
 * two persons; the signed text is built in one place; only `decide` makes a Permit.
 * Sources: DESIGN.md 7; facts on access and audit, 3.
 */
export { ACCESS_FAULTS, AccessError, type AccessErrorCode } from './access-error.js';
export { AddressRangeWire, AddressText, addressText } from './address-range.js';
export {
  ApprovalStatement,
  DECISIONS_THAT_OPEN,
  Decision,
  type GrantToSign,
  Screened,
  approvalChallenge,
  approvalStatement,
  approvalText,
  instantText,
} from './approval-statement.js';
export { type FileRange, FileRangeWire, containsFileRange, mergeFileRanges, totalBytes } from './file-range.js';
export { AskedRange, GrantRange, locate } from './grant-range.js';
export { GRANT_STATES, type GrantAct, type GrantState, isTerminal, stateAfter, statesBefore } from './grant-state.js';
export { requestedTerms } from './grant-terms.js';
export {
  ASKED_RANGES_MAX,
  ASKED_RANGE_BYTES_MAX,
  READS_PER_MINUTE,
  READ_ASKS_MAX,
  READ_BYTES_MAX,
  READ_BYTES_PER_MINUTE,
  READ_RANGES_MAX,
} from './limits.js';
export { type GrantTerms, type Narrowing, narrow } from './narrowing.js';
export { type AccessObject, type Action, type Actor, Permit, ROLES, type Role, decide, mayDo } from './permit.js';
export { RefusalMeter } from './refusal-meter.js';
export { NOTE_MAX, REASON_MAX, REASON_MIN, noteText, reasonText, ticketText } from './request-text.js';
export { type RegionMap, resolveScope } from './resolve-scope.js';
export { SCOPE_KINDS, Scope, type ScopeKind } from './scope.js';
export { type AccessPolicy, DEFAULT_POLICY, ruleFor, widestRule } from './policy/access-policy.js';
export {
  GRANT_PATHS,
  type GrantPath,
  type StandingGrant,
  approvalsNeeded,
  bindingPolicies,
  requirePath,
  requireStanding,
  standsUnder,
} from './policy/stands-under.js';
export { AUTOMATIC_SCOPES, PolicyRules, ScopeRule } from './policy/policy-rules.js';
export {
  SIGNED_AT_ONCE_MAX,
  SIGNED_ROLES,
  SignedPage,
  type SignedRole,
  Statement,
  type StatementKind,
  parseStatement,
  signedPageChallenge,
  signedPageText,
  statementText,
} from './trust/statement.js';
export {
  type SignatureRow,
  Trust,
  type TrustGround,
  type TrustRows,
  type TrustedKey,
  type VerifyAssertion,
} from './trust/trust.js';
export { DeviceJwk, DeviceText, deviceThumbprint } from './device/device-key.js';
export {
  type DeviceKey,
  PROOF_MAX,
  type Proof,
  askHash,
  makeProof,
  newDeviceKey,
  tokenHash,
  verifyProof,
} from './device/proof.js';
export {
  GRANT_REVIEWS,
  type GrantReview,
  REVIEW_DECISIONS,
  REVIEW_HOURS,
  type ReviewDecision,
  reviewAfter,
} from './review.js';
export { ScreeningFacts, type ScreeningVerdict, screeningVerdict } from './screening-verdict.js';
