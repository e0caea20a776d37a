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
 * What an approver's passkey signs: every line of the approval page. The keeper builds it anew from the rows before each
 * read, so a row that was changed after the signature is worth nothing. `minutes` stands beside `notAfter` since a person
 * who approves half an hour must not have signed a day.
 */
export const ApprovalStatement = z.strictObject({
  decision: z.enum(['approve', 'deny']),
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
    /** Thumbprint of the requester's device key; null until devices are bound. */
    device: z.string().max(128).nullable(),
    policy: z.string().max(64),
    /** Nothing is readable after this, whenever the grant was activated. */
    notAfter: InstantText,
    minutes: z.int().min(1),
    /** Byte budget. */
    bytes: z.int().min(1),
    /** `none`: nobody looked for keys in these bytes; the screen comes with masks of its own. */
    screened: z.literal('none'),
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
  signing: Pick<ApprovalStatement, 'decision' | 'origin' | 'nonce'> & { readonly notAfter: string },
): ApprovalStatement {
  const { id, version, dump, scope, requester, device, policy, minutes, bytes } = grant;
  const ranges = grant.ranges.map(({ address, offset, length }) => ({ address, offset, length }));
  const { decision, origin, nonce, notAfter } = signing;
  return {
    ...{ decision, origin, nonce },
    grant: { id, version, dump, scope, ranges, requester, device, policy, notAfter, minutes, bytes, screened: 'none' },
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
