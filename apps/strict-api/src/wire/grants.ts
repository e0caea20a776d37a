import { z } from 'zod';
import { ApprovalStatement, GRANT_STATES, GrantRange, Scope } from '@crashkeep/access';
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
});

/** All fields: what is sent replaces what was asked. */
export const EditBody = RequestBody.omit({ dump: true }).extend({ version: z.int().min(1) });

export const GrantState = z.enum(GRANT_STATES);

export const GrantBrief = z.object({
  id: GrantIdText,
  project: ProjectIdText,
  dump: DumpIdText,
  state: GrantState,
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
  decision: z.enum(['approve', 'deny']),
  version: z.int(),
  note: z.string().nullable(),
  decided_at: Instant,
  /** False: an edit or a narrowing after it has voided it. */
  current: z.boolean(),
});

export const GrantView = GrantBrief.extend({
  ranges: z.array(GrantRange.omit({ offset: true })),
  policy: z.string(),
  device: z.string().nullable(),
  approvals: z.array(ApprovalView),
  /** How many approvals the policy asks for. */
  approvals_needed: z.int(),
  /** What you may do with it now. */
  may: z.object({
    edit: z.boolean(),
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
  decision: z.enum(['approve', 'deny']),
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

export const BytesQuery = z.strictObject({ address: z.string().max(64), length: z.string().max(32) });

export const ReadsQuery = z.strictObject({ cursor: z.string().max(200).optional() });

export const GrantReads = z.object({
  reads: z.array(
    z.object({
      leaf: z.uuid(),
      at: Instant,
      /** Why it was refused; null where bytes were given. */
      refused: z.string().nullable(),
      /** Of the grant's ranges; what lay outside has no address here. */
      ranges: z.array(GrantRange.omit({ offset: true })),
      /** Given and charged. */
      bytes: z.int(),
    }),
  ),
  next: z.string().nullable(),
});
