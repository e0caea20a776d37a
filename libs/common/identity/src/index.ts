/**
 * identity: who people are, what they may ask for, and the tokens of machines. Rows of schema identity.
 *
 * May import: ids. Knows no dump, no HTTP and no cookie: apps carry what is said here to their origins.
 * Invariants: a secret is stored as a hash and compared in constant time; a session, a token class and a first-run link are nothing
 * outside the process that they are for (row-level security says so too); who may change what is the role's that connects: a call that
 * it has no grant for rejects. Times are the database's.
 * Sources: DESIGN.md 9; facts on access and audit 5.4 and 5.5; RFC 9106 (argon2id); WebAuthn Level 3.
 */
export { type IdentityErrorCode, IDENTITY_FAULTS, IdentityError } from './identity-error.js';
export { type IdentityRows, type IdentityStore, openIdentityStore } from './identity-store.js';
export {
  type ApiToken,
  type TokenClass,
  TOKEN_CLASSES,
  TokenClassText,
  newApiToken,
  parseApiToken,
} from './api-token.js';
export {
  type ListedToken,
  type VerifiedToken,
  createApiToken,
  listApiTokens,
  revokeApiToken,
  verifyApiToken,
} from './api-token-rows.js';
export { PASSWORD_MIN, hashPassword, verifyPassword } from './password.js';
export { type Audience, AUDIENCES } from './audience.js';
export { csrfToken, isCsrfToken } from './csrf-token.js';
export {
  type ListedSession,
  type LiveSession,
  endSession,
  endSessionsOf,
  findSession,
  listSessions,
  markStepUp,
  openSession,
} from './session.js';
export { SignInThrottle, signIn } from './sign-in.js';
export { type LinkKind, type UsedLink, createOneTimeLink, peekOneTimeLink, useOneTimeLink } from './one-time-link.js';
export {
  type Person,
  LoginText,
  NameText,
  createPerson,
  disablePerson,
  findPerson,
  findPersonByLogin,
  listPeople,
  setPassword,
} from './person.js';
export {
  type HeldRole,
  type Membership,
  type RoomRole,
  MEMBERSHIPS,
  ROOM_ROLES,
  grantMembership,
  grantRoomRole,
  personsWithRole,
  revokeMembership,
  revokeRoomRole,
  rolesOf,
} from './role.js';
export { type Invitation, acceptInvitation, invitePerson } from './invitation.js';
export {
  AnswerStyle,
  Preset,
  type Project,
  changeProject,
  createProject,
  findProject,
  listProjects,
} from './project.js';
export {
  type Passkey,
  advancePasskeyCounter,
  enrolPasskey,
  findPasskey,
  passkeysOf,
  revokePasskey,
} from './passkey.js';
export {
  type PasskeyParty,
  isPasskeyAssertion,
  passkeyAssertionOptions,
  passkeyRegistrationOptions,
  verifyPasskeyAssertion,
  verifyPasskeyRegistration,
} from './passkey-ceremony.js';
export { type PersonBrief, passkeyCounts, personBriefs } from './person-brief.js';
export { STEP_UP_MINUTES, hasSteppedUp } from './step-up.js';
