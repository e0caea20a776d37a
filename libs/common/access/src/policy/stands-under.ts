import type { PersonId, ProjectId } from '@crashkeep/ids';
import { AccessError, type AccessErrorCode } from '../access-error.js';
import type { ScopeKind } from '../scope.js';
import type { Trust } from '../trust/trust.js';
import { type AccessPolicy, ruleFor } from './access-policy.js';

export const GRANT_PATHS = ['asked', 'automatic', 'break-glass'] as const;
/** What opens a grant: others' approvals; the policy and a clean screen; the requester alone, to be judged afterwards. */
export type GrantPath = (typeof GRANT_PATHS)[number];

/** What of a grant its policy speaks about. */
export interface StandingGrant {
  readonly project: ProjectId;
  readonly requester: PersonId;
  readonly scope: ScopeKind;
  readonly minutes: number;
  /** Byte budget. */
  readonly bytes: number;
  readonly device: string | null;
  /** By name: the policy that it was asked under. */
  readonly policy: string;
  readonly path: GrantPath;
  readonly approvals: readonly { readonly approver: PersonId; readonly credential: string }[];
}

/**
 * Whether a grant stands on what counts now: on the policy that was signed with it and on the one that holds today, and on
 * persons who still may. Null, or the first reason against it. Asked before a grant opens, whenever a right is taken away, and by
 * the keeper at each read (which verifies the signatures besides).
 */
export function standsUnder(trust: Trust, grant: StandingGrant): AccessErrorCode | null {
  const signed = trust.policyNamed(grant.policy, grant.project);
  if (trust.root === null || signed === null) return 'access.approval-unsound';
  const persons = standingPersons(trust, grant);
  if (typeof persons === 'string') return persons;
  const policies = [signed, trust.policyOf(grant.project)];
  return policies.map((policy) => refusalUnder(policy, trust, grant, persons)).find((code) => code !== null) ?? null;
}

/** The policy that a grant was asked under, and the one that holds now: both bind it. */
export function bindingPolicies(
  trust: Trust,
  { policy, project }: Pick<StandingGrant, 'policy' | 'project'>,
): readonly AccessPolicy[] {
  const now = trust.policyOf(project);
  return [trust.policyNamed(policy, project) ?? now, now];
}

/** Persons who must approve a grant of this scope before it opens. */
export const approvalsNeeded = (trust: Trust, grant: Pick<StandingGrant, 'policy' | 'project' | 'scope'>): number =>
  Math.max(...bindingPolicies(trust, grant).map((policy) => ruleFor(policy, grant.scope)?.approvals ?? 1));

function refusalUnder(
  policy: AccessPolicy,
  trust: Trust,
  grant: StandingGrant,
  persons: number,
): AccessErrorCode | null {
  const rule = ruleFor(policy, grant.scope);
  if (rule === null) return 'access.scope-closed';
  if (rule.hardened && !isHardened(trust, grant)) return 'access.device-not-hardened';
  const most = grant.path === 'break-glass' ? policy.breakGlass : rule;
  if (most === null) return 'access.glass-unbreakable';
  if (grant.minutes > most.minutesMax) return 'access.minutes-out-of-bounds';
  if (grant.bytes > most.budgetMax) return 'access.bytes-out-of-bounds';
  if (grant.path === 'automatic') {
    return policy.automatic.some((kind) => kind === grant.scope) ? null : 'access.not-automatic';
  }
  return grant.path === 'asked' && persons < rule.approvals ? 'access.approval-missing' : null;
}

const isHardened = (trust: Trust, { requester, device, project }: StandingGrant): boolean =>
  device !== null && trust.isHardened(requester, device, project);

/** How many persons it stands on. One of them who may not decide any more takes the grant along. */
function standingPersons(
  trust: Trust,
  { path, requester, project, approvals }: StandingGrant,
): number | AccessErrorCode {
  for (const { approver, credential } of approvals) {
    if ((approver === requester) !== (path !== 'asked')) return 'access.same-person';
    const key =
      path === 'asked' ? trust.approvalKey(approver, credential, project) : trust.ownKey(approver, credential, project);
    if (key === null) return 'access.approver-unfit';
  }
  const persons = new Set(approvals.map(({ approver }) => approver)).size;
  return persons === 0 ? 'access.approval-missing' : persons;
}

/** Whether what is asked for could ever stand: said to who asks, before anybody is asked. */
export function requirePath(trust: Trust, asked: Omit<StandingGrant, 'approvals'>): void {
  const enough = Number.POSITIVE_INFINITY;
  const refusal = refusalUnder(trust.policyOf(asked.project), trust, { ...asked, approvals: [] }, enough);
  if (refusal !== null) throw new AccessError(refusal);
}

/** As an error, for whoever must not go on. */
export function requireStanding(trust: Trust, grant: StandingGrant): void {
  const refusal = standsUnder(trust, grant);
  if (refusal !== null) throw new AccessError(refusal);
}
