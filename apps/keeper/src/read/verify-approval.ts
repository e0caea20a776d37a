import {
  AccessError,
  type Actor,
  ApprovalStatement,
  approvalChallenge,
  approvalStatement,
  approvalText,
  decide,
} from '@crashkeep/access';
import { type PasskeyParty, verifyPasskeyAssertion } from '@crashkeep/identity';
import type { RootPasskey } from '@crashkeep/keeper-wire';
import type { PersonId } from '@crashkeep/ids';
import type { GrantRow } from '@crashkeep/strict-store';
import type { ApprovalCase, HeldRoles } from './read-case.js';

export interface VerifiedApproval {
  readonly approver: PersonId;
  /** Signed: nothing is readable after this. */
  readonly notAfter: Date;
}

export interface Verifier {
  /** The reading room, from the keeper's own configuration. */
  readonly party: PasskeyParty;
  /** The root passkey, from the keeper's own folder. */
  readonly root: RootPasskey | null;
}

/**
 * What an approval row is worth: its text built anew from the grant's row, signed over by a live approval passkey of a person
 * who may approve there and who is not the requester. Throws `access.approval-unsound`, `.approver-unfit`, `.same-person`.
 */
export async function verifyApproval(
  grant: GrantRow,
  approval: ApprovalCase,
  verifier: Verifier,
): Promise<VerifiedApproval> {
  const { statement, notAfter } = statementFor(grant, approval, verifier.party.origin);
  const isRoot = verifier.root !== null && verifier.root.credential === approval.credential;
  requireApprover(grant, approval, isRoot);
  await requireSignature(await approvalChallenge(statement), approval, verifier, isRoot ? verifier.root : null);
  return { approver: approval.approver, notAfter };
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

/** The holder of the root passkey may approve: they are where every other right comes from. */
function requireApprover(grant: GrantRow, approval: ApprovalCase, isRoot: boolean): void {
  if (approval.approver === grant.requester) throw new AccessError('access.same-person');
  if (approval.disabled) throw new AccessError('access.approver-unfit');
  if (isRoot) return;
  try {
    decide(actorOf(approval.approver, approval.roles), 'grant.decide', grant);
  } catch {
    throw new AccessError('access.approver-unfit');
  }
}

async function requireSignature(
  challenge: Uint8Array,
  approval: ApprovalCase,
  { party }: Verifier,
  root: RootPasskey | null,
): Promise<void> {
  const passkey = root ?? approval.passkey;
  if (passkey?.person !== approval.approver) throw new AccessError('access.approver-unfit');
  const publicKey = new Uint8Array(Buffer.from(passkey.publicKey, root === null ? 'base64' : 'base64url'));
  // The counter was judged when the approval came in; it has risen since.
  const known = { credentialId: approval.credential, publicKey, counter: 0 };
  try {
    await verifyPasskeyAssertion(party, challenge, known, approval.assertion as never);
  } catch {
    throw new AccessError('access.approval-unsound');
  }
}

export const actorOf = (person: PersonId, roles: HeldRoles): Actor => ({
  person,
  roles: roles as Actor['roles'],
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
