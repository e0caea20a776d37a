import canonicalize from 'canonicalize';
import { z } from 'zod';
import { type DumpId, DumpIdText, type GrantId, GrantIdText, type PersonId, PersonIdText } from '@crashkeep/ids';
import { GrantRange } from './grant-range.js';
import { GRANT_RANGES_MAX } from './limits.js';
import type { GrantTerms } from './narrowing.js';
import { Scope } from './scope.js';

const DOMAIN = 'crashkeep/approve/v1';

/** UTC to the second, one spelling: `2026-11-24T22:01:05Z`. */
const InstantText = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);

export const instantText = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/**
 * `approve`, `deny`: another person. `automatic`, `break-glass`: who asked, where the signed policy lets that do.
 * `ratify`, `violation`: another person's review of what was read behind broken glass.
 */
export const Decision = z.enum(['approve', 'deny', 'automatic', 'break-glass', 'ratify', 'violation']);
export type Decision = z.infer<typeof Decision>;

/** Those under which bytes are given. */
export const DECISIONS_THAT_OPEN = ['approve', 'automatic', 'break-glass'] as const;

/** What a machine knows of keys in these bytes: `none`: nobody looked; `clean`: a complete screen found nothing. */
export const Screened = z.enum(['none', 'partial', 'clean', 'findings']);
export type Screened = z.infer<typeof Screened>;

/**
 * What an approver's passkey signs: every line of the approval page. The keeper builds it anew from the rows before each
 * read, so a row that was changed after the signature is worth nothing. `minutes` stands beside `notAfter` since a person
 * who approves half an hour must not have signed a day.
 */
export const ApprovalStatement = z.strictObject({
  decision: Decision,
  /** Of the reading room. */
  origin: z.url().max(256),
  nonce: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  grant: z.strictObject({
    id: GrantIdText,
    version: z.int().min(1),
    dump: DumpIdText,
    scope: Scope,
    ranges: z.array(GrantRange).min(1).max(GRANT_RANGES_MAX),
    requester: PersonIdText,
    /** Thumbprint of the requester's device key, which each read proves. */
    device: z.string().max(128).nullable(),
    policy: z.string().max(64),
    /** Nothing is readable after this, whenever the grant was activated. */
    notAfter: InstantText,
    minutes: z.int().min(1),
    /** Byte budget. */
    bytes: z.int().min(1),
    screened: Screened,
  }),
});
export type ApprovalStatement = z.infer<typeof ApprovalStatement>;

/** What is asked, as its row says it. */
export interface GrantToSign extends GrantTerms {
  readonly id: GrantId;
  readonly version: number;
  readonly dump: DumpId;
  readonly requester: PersonId;
  readonly device: string | null;
  readonly policy: string;
}

/** The statement of a decision on a grant: whoever offers it for signing and whoever verifies it build it here. */
export function approvalStatement(
  grant: GrantToSign,
  signing: Pick<ApprovalStatement, 'decision' | 'origin' | 'nonce'> & {
    readonly notAfter: string;
    readonly screened?: Screened;
  },
): ApprovalStatement {
  const { id, version, dump, scope, requester, device, policy, minutes, bytes } = grant;
  const ranges = grant.ranges.map(({ address, part, offset, length }) => ({ address, part, offset, length }));
  const { decision, origin, nonce, notAfter, screened = 'none' } = signing;
  return {
    ...{ decision, origin, nonce },
    grant: { id, version, dump, scope, ranges, requester, device, policy, notAfter, minutes, bytes, screened },
  };
}

/** The one text of a statement (RFC 8785): the page shows it, the passkey signs its hash, the keeper builds it again. */
export function approvalText(statement: ApprovalStatement): string {
  const text = canonicalize(ApprovalStatement.parse(statement));
  if (text === undefined) throw new TypeError('access: a statement has a canonical form');
  return text;
}

/** The WebAuthn challenge: SHA-256("crashkeep/approve/v1" || text). Web Crypto, so that the browser computes it as well. */
export async function approvalChallenge(statement: ApprovalStatement): Promise<Uint8Array> {
  const signed = new TextEncoder().encode(`${DOMAIN}${approvalText(statement)}`);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', signed));
}
