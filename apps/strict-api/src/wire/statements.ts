import { Statement } from '@crashkeep/access';
import { z } from 'zod';
import { Instant, PersonBrief, WebAuthnJson } from './common.js';

export const StatementView = z.object({
  id: z.uuid(),
  /** The words that are signed. */
  statement: Statement,
  /** Whom it is about; null for a policy and the keeper's key. */
  about: PersonBrief.nullable(),
  proposed_by: PersonBrief.nullable(),
  proposed_at: Instant,
  /** Whose genuine signatures it has. */
  signers: z.array(PersonBrief),
  /** Signed by enough who may. */
  counts: z.boolean(),
  may: z.object({ sign: z.boolean(), end: z.boolean() }),
});

export const StatementsAnswer = z.object({ statements: z.array(StatementView) });

export const SignBody = z.strictObject({ statements: z.array(z.uuid()).min(1).max(32) });

export const SignChallenge = z.object({
  nonce: z.string(),
  /** What the passkey signs, word for word. */
  statements: z.array(Statement),
  /** SHA-256("crashkeep/statement/v1" || text) is the challenge in `options`. */
  text: z.string(),
  options: WebAuthnJson,
  expires_at: Instant,
});

export const SignedBody = z.strictObject({
  nonce: z.string().max(64),
  /** AuthenticationResponseJSON */
  assertion: WebAuthnJson,
});
