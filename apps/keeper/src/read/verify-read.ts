import {
  AccessError,
  type AccessErrorCode,
  type Actor,
  type AskedRange,
  type FileRange,
  type Permit,
  READ_BYTES_MAX,
  decide,
  READ_RANGES_MAX,
  locate,
  requireStanding,
  totalBytes,
} from '@crashkeep/access';
import type { ReadRequest } from '@crashkeep/keeper-wire';
import type { GrantRow } from '@crashkeep/strict-store';
import type { ReadCase } from './read-case.js';
import { type Verifier, verifyApproval } from './verify-approval.js';

const MINUTE_MS = 60_000;

/** A read that is allowed as far as reading can tell; the statement that charges it decides. */
export interface AllowedRead {
  readonly permit: Permit<'grant.read'>;
  readonly grant: GrantRow;
  readonly ranges: readonly FileRange[];
  readonly bytes: number;
  readonly dump: ReadCase['dump'] & { readonly vaultHeader: Uint8Array };
}

/** Who asks, in what state, what was signed, which bytes. Throws an AccessError with the first reason against it. */
export async function verifyRead(found: ReadCase, request: ReadRequest, verifier: Verifier): Promise<AllowedRead> {
  const { grant } = found;
  const permit = requireRequester(found, request);
  const refusal = refusalOf(found);
  if (refusal !== null) throw new AccessError(refusal);
  if (found.isDeviceRevoked) throw new AccessError('access.device-revoked');
  await verifier.proofs.require(request, grant.device);
  await requireApprovals(found, verifier);
  const ranges = requireInside(grant, request);
  const bytes = totalBytes(ranges);
  if (grant.usedBytes + bytes > grant.bytes) throw new AccessError('access.over-budget');
  const { vaultHeader } = found.dump;
  if (found.dump.project !== grant.project || vaultHeader === null) throw new AccessError('access.dump-gone');
  return { permit, grant, ranges, bytes, dump: { ...found.dump, vaultHeader } };
}

/** Why a grant in this state gives nothing; null where it may. */
export function refusalOf({ grant, isOver }: ReadCase): AccessErrorCode | null {
  if (grant.state === 'active') return isOver ? 'access.expired' : null;
  if (grant.state === 'expired') return 'access.expired';
  if (grant.state === 'exhausted') return 'access.exhausted';
  return grant.state === 'revoked' ? 'access.revoked' : 'access.not-active';
}

function requireRequester({ grant, requester }: ReadCase, { person }: ReadRequest): Permit<'grant.read'> {
  if (grant.requester !== person) throw new AccessError('access.not-requester');
  if (requester.disabled) throw new AccessError('access.role-lost');
  try {
    return decide({ person, roles: requester.roles as Actor['roles'] }, 'grant.read', grant);
  } catch {
    throw new AccessError('access.role-lost');
  }
}

/**
 * Signatures over what the rows say now, by enough persons who may, under the policy that was signed and the one that holds now;
 * and the times that they signed. The keeper's own clock judges here.
 */
async function requireApprovals({ grant, approvals }: ReadCase, verifier: Verifier): Promise<void> {
  const { trust } = verifier;
  if (trust.root === null) throw new AccessError('access.approval-unsound');
  const verified = await Promise.all(approvals.map((approval) => verifyApproval(grant, approval, verifier)));
  requireStanding(trust, { ...grant, scope: grant.scope.kind, approvals });
  requireTime(grant, Math.min(...verified.map(({ notAfter }) => notAfter.getTime())));
}

function requireTime({ activatedAt, expiresAt, minutes }: GrantRow, signedEnd: number): void {
  if (activatedAt === null || expiresAt === null) throw new AccessError('access.not-active');
  const open = expiresAt.getTime() - activatedAt.getTime();
  if (expiresAt.getTime() > signedEnd || open > minutes * MINUTE_MS) throw new AccessError('access.approval-unsound');
  if (Date.now() >= signedEnd) throw new AccessError('access.expired');
}

/** Where the asked bytes lie, each of them granted; at most so many. */
function requireInside(grant: GrantRow, { asked, located }: ReadRequest): readonly FileRange[] {
  const ranges = asked.flatMap((range) => locate(grant.ranges, range) ?? foundElsewhere(grant, range, located));
  if (totalBytes(ranges) > READ_BYTES_MAX) throw new AccessError('access.read-too-long');
  if (ranges.length > READ_RANGES_MAX) throw new AccessError('access.too-many-ranges');
  return ranges;
}

/** The whole file names no addresses: where they lie in it the worker's map says. Any place in it is granted. */
function foundElsewhere({ scope, ranges }: GrantRow, asked: AskedRange, located: ReadRequest['located']): FileRange[] {
  const isWhole = scope.kind === 'whole' && 'address' in asked && located !== null;
  const pieces = isWhole ? located.map((place) => locate(ranges, place)) : [null];
  if (!pieces.every((it) => it !== null) || totalBytes(pieces.flat()) !== asked.length) {
    throw new AccessError('access.outside-scope');
  }
  return pieces.flat();
}
