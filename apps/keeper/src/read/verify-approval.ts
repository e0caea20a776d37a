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
}

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
  const { approver } = approval;
  if (approver === grant.requester) throw new AccessError('access.same-person');
  if (approval.disabled) throw new AccessError('access.approver-unfit');
  const key = trust.approvalKey(approver, approval.credential, grant.project);
  if (key === null) throw new AccessError('access.approver-unfit');
  if (!(await isPasskeyAssertion(party, await approvalChallenge(statement), key, approval.assertion))) {
    throw new AccessError('access.approval-unsound');
  }
  return { approver, notAfter };
}

/** The stored text counts only where it is, letter for letter, what the grant's row says now. Of it, only `notAfter` is taken. */
function statementFor(
  grant: GrantRow,
  { statement: text, nonce }: ApprovalCase,
  origin: string,
): { readonly statement: ApprovalStatement; readonly notAfter: Date } {
  const stored = ApprovalStatement.safeParse(parsed(text));
  if (!stored.success) throw new AccessError('access.approval-unsound');
  const { notAfter } = stored.data.grant;
  const built = ApprovalStatement.safeParse(approvalStatement(grant, { decision: 'approve', origin, nonce, notAfter }));
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
