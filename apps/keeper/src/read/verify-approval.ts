import {
  AccessError,
  ApprovalStatement,
  type Trust,
  approvalChallenge,
  approvalStatement,
  approvalText,
} from '@crashkeep/access';
import { type PasskeyParty, isPasskeyAssertion } from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import type { GrantRow } from '@crashkeep/strict-store';
import type { ProofDesk } from './proof-desk.js';
import type { ApprovalCase } from './read-case.js';

export interface VerifiedApproval {
  readonly approver: PersonId;
  /** Signed: nothing is readable after this. */
  readonly notAfter: Date;
}

export interface Verifier {
  /** The reading room, from the keeper's own configuration. */
  readonly party: PasskeyParty;
  /** What the statements amount to, from the pinned root outwards. */
  readonly trust: Trust;
  readonly proofs: ProofDesk;
}

/** What a grant on each path is opened by. */
const OPENS = { asked: 'approve', automatic: 'automatic', 'break-glass': 'break-glass' } as const;

/**
 * What an approval row is worth: its text built anew from the grant's row, signed over by a passkey of a person who by signed
 * statements may approve there, and who is not the requester. Throws `access.approval-unsound`, `.approver-unfit`, `.same-person`.
 */
export async function verifyApproval(
  grant: GrantRow,
  approval: ApprovalCase,
  { party, trust }: Verifier,
): Promise<VerifiedApproval> {
  const { statement, notAfter } = statementFor(grant, approval, party.origin);
  const { approver, decision } = approval;
  if (decision !== OPENS[grant.path]) throw new AccessError('access.approval-unsound');
  const isOwn = grant.path !== 'asked';
  if ((approver === grant.requester) !== isOwn) throw new AccessError('access.same-person');
  if (approval.disabled) throw new AccessError('access.approver-unfit');
  const key = isOwn
    ? trust.ownKey(approver, approval.credential, grant.project)
    : trust.approvalKey(approver, approval.credential, grant.project);
  if (key === null) throw new AccessError('access.approver-unfit');
  if (!(await isPasskeyAssertion(party, await approvalChallenge(statement), key, approval.assertion))) {
    throw new AccessError('access.approval-unsound');
  }
  return { approver, notAfter };
}

/** The stored text counts only where it is, letter for letter, what the grant's row says now. Of it, only `notAfter` and `screened` are taken. */
function statementFor(
  grant: GrantRow,
  { statement: text, nonce, decision }: ApprovalCase,
  origin: string,
): { readonly statement: ApprovalStatement; readonly notAfter: Date } {
  const stored = ApprovalStatement.safeParse(parsed(text));
  if (!stored.success) throw new AccessError('access.approval-unsound');
  const { notAfter, screened } = stored.data.grant;
  // Only a complete screen that found nothing lets a machine say yes. What it found later the masks cover.
  if (decision === 'automatic' && screened !== 'clean') throw new AccessError('access.not-automatic');
  const signing = { decision, origin, nonce, notAfter, screened };
  const built = ApprovalStatement.safeParse(approvalStatement(grant, signing));
  if (!built.success || approvalText(built.data) !== text) throw new AccessError('access.approval-unsound');
  return { statement: built.data, notAfter: new Date(notAfter) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
