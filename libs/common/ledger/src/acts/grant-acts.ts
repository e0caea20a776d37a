import { DumpIdText, GrantIdText, PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { CodeText, CountOfBytes, Instant, PersonOrNobody, Sha256Hex, Words } from './words.js';

const ofGrant = { grant: GrantIdText, version: z.int().min(1) };
/** Of the plaintext file, or of a sealed part of it. */
const place = z.strictObject({ part: z.uuid().optional(), offset: CountOfBytes, length: CountOfBytes });
const ranges = z.array(place).max(256);
/** What a refused read asked for, as it was asked: it may lie nowhere in the file. */
const Asked = z.union([place, z.strictObject({ address: z.string().max(64), length: z.number() })]);

const asked = {
  ...ofGrant,
  dump: DumpIdText,
  project: ProjectIdText,
  requester: PersonIdText,
  /** As `access` spells it. */
  scope: z.json(),
  minutes: z.int().min(1),
  bytes: CountOfBytes,
  reason: Words,
  ticket: Words,
  policy: z.string().max(64),
  /** What shall open it, and the device that it is for. */
  path: z.enum(['asked', 'automatic', 'break-glass']),
  device: z.string().max(128).nullable(),
};

export const GrantRequested = z.strictObject({ act: z.literal('grant.requested'), ...asked });
export const GrantEdited = z.strictObject({ act: z.literal('grant.edited'), ...asked });

const decided = {
  ...ofGrant,
  approver: PersonIdText,
  credential: z.string().min(1).max(2048),
  /** Of the text that the passkey signed. */
  statement: Sha256Hex,
  note: Words.nullable(),
};

export const GrantApproved = z.strictObject({ act: z.literal('grant.approved'), ...decided });
export const GrantDenied = z.strictObject({ act: z.literal('grant.denied'), ...decided });

/** Who asked let it in themselves: the signed policy allows that on a clean dump, or to be judged within a day. */
export const GrantSelfOpened = z.strictObject({ act: z.enum(['grant.automatic', 'grant.glass-broken']), ...decided });
export const GrantReviewed = z.strictObject({ act: z.enum(['grant.ratified', 'grant.violation']), ...decided });

/** What an approver took away before approving: the version that was signed. */
export const GrantNarrowed = z.strictObject({
  act: z.literal('grant.narrowed'),
  ...ofGrant,
  approver: PersonIdText,
  scope: z.json(),
  minutes: z.int().min(1),
  bytes: CountOfBytes,
});

/** A decision that was not one: a wrong assertion, a stale version, somebody who may not. */
export const DecisionRefused = z.strictObject({
  act: z.literal('decision.refused'),
  grant: GrantIdText,
  person: PersonIdText,
  code: CodeText,
});

export const GrantActivated = z.strictObject({
  act: z.literal('grant.activated'),
  ...ofGrant,
  requester: PersonIdText,
  expiresAt: Instant,
});

/** Appended before the bytes leave. */
export const GrantRead = z.strictObject({
  act: z.literal('grant.read'),
  ...ofGrant,
  dump: DumpIdText,
  requester: PersonIdText,
  /** Of the plaintext file. */
  ranges,
  bytes: CountOfBytes,
  /** Of the budget, after this read. */
  left: CountOfBytes,
  /** The mask set that was applied, and how many of the bytes it hid: those were not seen. */
  mask: z.uuid(),
  hidden: CountOfBytes,
});

export const ReadDenied = z.strictObject({
  act: z.literal('read.denied'),
  grant: GrantIdText,
  person: PersonOrNobody,
  code: CodeText,
  asked: z.array(Asked).max(64),
});

/** `by` is nobody where the clock or the budget ended it. */
export const GrantEnded = z.strictObject({
  act: z.enum(['grant.closed', 'grant.expired', 'grant.exhausted', 'grant.revoked', 'grant.withdrawn', 'grant.lapsed']),
  ...ofGrant,
  by: PersonOrNobody,
});

/** `asked`: what of it, as the page's address says it (in one text, so that a look at a grant is no act on it); `exported`: taken away as a file, with proofs. */
export const AuditRead = z.strictObject({
  act: z.literal('audit.read'),
  person: PersonIdText,
  asked: z.string().max(2000).optional(),
  exported: z.boolean().optional(),
});
