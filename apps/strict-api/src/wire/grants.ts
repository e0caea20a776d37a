import { z } from 'zod';
import {
  ApprovalStatement,
  AskedRange,
  Decision,
  DeviceText,
  GRANT_PATHS,
  GRANT_REVIEWS,
  GRANT_STATES,
  GrantRange,
  READ_ASKS_MAX,
  Scope,
} from '@crashkeep/access';
import { DumpIdText, GrantIdText, ProjectIdText } from '@crashkeep/ids';
import { Instant, PersonBrief, WebAuthnJson } from './common.js';

const minutes = z.int().min(0).max(100_000);
const bytes = z.int().min(0);
/** Bounds, alphabet and pattern are the access model's: its codes say which was missed. */
const reason = z.string().max(4096);
const ticket = z.string().max(256);

export const RequestBody = z.strictObject({
  dump: DumpIdText,
  scope: Scope,
  reason,
  ticket,
  minutes,
  /** Byte budget; left out: one and a half full reads. */
  bytes: bytes.optional(),
  /** Thumbprint of the device that will read: each read proves it. */
  device: DeviceText,
  /** `automatic` and `break-glass` are opened by your own passkey, where the project's policy lets that do. */
  path: z.enum(GRANT_PATHS).default('asked'),
});

/** All fields: what is sent replaces what was asked. */
export const EditBody = RequestBody.omit({ dump: true }).extend({ version: z.int().min(1) });

export const GrantState = z.enum(GRANT_STATES);

export const GrantBrief = z.object({
  id: GrantIdText,
  project: ProjectIdText,
  dump: DumpIdText,
  state: GrantState,
  path: z.enum(GRANT_PATHS),
  /** Of a broken glass: `due` until another person has looked. */
  review: z.enum(GRANT_REVIEWS).nullable(),
  review_due: Instant.nullable(),
  version: z.int(),
  requester: PersonBrief,
  scope: Scope,
  /** Bytes that the scope names. */
  scope_bytes: z.int(),
  reason: z.string(),
  ticket: z.string(),
  minutes: z.int(),
  /** Byte budget, and what of it is used. */
  bytes: z.int(),
  used_bytes: z.int(),
  created_at: Instant,
  decided_at: Instant.nullable(),
  activated_at: Instant.nullable(),
  expires_at: Instant.nullable(),
  ended_at: Instant.nullable(),
  /** Open it before this, or it lapses; null unless approved. */
  activate_by: Instant.nullable(),
  /** Decide it before this, or it lapses; null unless requested. */
  decide_by: Instant.nullable(),
});

export const ApprovalView = z.object({
  approver: PersonBrief,
  decision: Decision,
  version: z.int(),
  note: z.string().nullable(),
  decided_at: Instant,
  /** False: an edit or a narrowing after it has voided it. */
  current: z.boolean(),
});

export const GrantView = GrantBrief.extend({
  ranges: z.array(GrantRange),
  policy: z.string(),
  device: z.string().nullable(),
  /** What its owner calls it, and whether security has marked it hardened. */
  device_label: z.string().nullable(),
  device_hardened: z.boolean(),
  /** What a machine knows of keys in these bytes. */
  screened: z.string(),
  approvals: z.array(ApprovalView),
  /** How many approvals the policy asks for. */
  approvals_needed: z.int(),
  /** What you may do with it now. */
  may: z.object({
    edit: z.boolean(),
    open_self: z.boolean(),
    review: z.boolean(),
    decide: z.boolean(),
    withdraw: z.boolean(),
    activate: z.boolean(),
    read: z.boolean(),
    revoke: z.boolean(),
    close: z.boolean(),
  }),
});

export const GrantList = z.object({ grants: z.array(GrantBrief), next: z.string().nullable() });

export const GrantQuery = z.strictObject({
  project: ProjectIdText.optional(),
  dump: DumpIdText.optional(),
  /** `mine`: what I asked for. `to-decide`: what waits for me. */
  view: z.enum(['mine', 'to-decide', 'all']).default('all'),
  /** Comma-separated states. */
  state: z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(GrantState))
    .optional(),
  cursor: z.string().max(200).optional(),
});

export const ChallengeBody = z.strictObject({
  decision: Decision,
  /** Of the grant as the approver saw it. */
  version: z.int().min(1),
  /** Only with approve. What is left out stays as asked. */
  narrow: z.strictObject({ scope: Scope.optional(), minutes: minutes.optional(), bytes: bytes.optional() }).optional(),
});

export const ChallengeAnswer = z.object({
  nonce: z.string(),
  /** What the passkey signs, line by line. */
  statement: ApprovalStatement,
  /** SHA-256("crashkeep/approve/v1" || text) is the challenge in `options`. */
  text: z.string(),
  /** For `startAuthentication({ optionsJSON })`. */
  options: WebAuthnJson,
  expires_at: Instant,
});

export const DecisionBody = z.strictObject({
  nonce: z.string().max(64),
  note: z.string().max(4096).optional(),
  /** AuthenticationResponseJSON */
  assertion: WebAuthnJson,
});

/** Empty on purpose: these acts say all in their address. */
export const NoBody = z.strictObject({}).optional();

/** A batch: charged together, given one after another. */
export const BytesBody = z.strictObject({ ranges: z.array(AskedRange).min(1).max(READ_ASKS_MAX) });

export const BytesQuery = z.strictObject({ address: z.string().max(64), length: z.string().max(32) });

export const ReadsQuery = z.strictObject({ cursor: z.string().max(200).optional() });

/** Of the file, or of a part. */
const PlaceView = z.object({ part: z.uuid().optional(), offset: z.number(), length: z.number() });

export const GrantReads = z.object({
  reads: z.array(
    z.object({
      leaf: z.uuid(),
      at: Instant,
      /** Why it was refused; null where bytes were given. */
      refused: z.string().nullable(),
      /** As they were asked for, or where they lie. */
      ranges: z.array(z.union([z.object({ address: z.string(), length: z.number() }), PlaceView])),
      /** Given and charged. */
      bytes: z.int(),
    }),
  ),
  next: z.string().nullable(),
});
