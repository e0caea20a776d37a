import {
  type Actor,
  type Trust,
  approvalsNeeded,
  bindingPolicies,
  type GrantAct,
  type GrantState,
  mayDo,
  statesBefore,
  totalBytes,
} from '@crashkeep/access';
import { type PersonBrief, personBriefs } from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import { type ApprovalRow, type GrantRow, approvalsOfGrant, findDevice } from '@crashkeep/strict-store';
import type { z } from 'zod';
import type { Room } from '../room.js';
import type { ApprovalView, GrantBrief, GrantView } from '../wire/grants.js';
import { screeningOf } from './screening.js';
import { notAfterOf } from './signed-end.js';

const MINUTE_MS = 60_000;

type Names = ReadonlyMap<PersonId, PersonBrief>;

/** A grant as the caller may see it, with what they may do with it now. */
export async function grantView(room: Room, actor: Actor, grant: GrantRow): Promise<z.input<typeof GrantView>> {
  const approvals = await approvalsOfGrant(room.strict.rows, grant.id);
  const trust = await room.trust.now(room.strict.rows);
  const names = await personBriefs(room.identity.rows, [grant.requester, ...approvals.map(({ approver }) => approver)]);
  const { policy, device, version } = grant;
  const named = device === null ? null : await findDevice(room.strict.rows, device);
  return {
    ...briefOf(trust, grant, names, approvals),
    ranges: [...grant.ranges],
    ...{ policy, device, device_label: named?.label ?? null, screened: await screeningOf(room, grant) },
    device_hardened: device !== null && trust.isHardened(grant.requester, device, grant.project),
    approvals: approvals.map((approval) => approvalView(approval, version, names)),
    approvals_needed: approvalsNeeded(trust, { ...grant, scope: grant.scope.kind }),
    may: whatMay(actor, grant),
  };
}

/** Grants of a list. The end of an approval's time is known to a grant's own page. */
export async function grantBriefs(room: Room, grants: readonly GrantRow[]): Promise<z.input<typeof GrantBrief>[]> {
  const requesters = grants.map(({ requester }) => requester);
  const names = await personBriefs(room.identity.rows, requesters);
  const trust = await room.trust.now(room.strict.rows);
  return grants.map((grant) => briefOf(trust, grant, names, []));
}

function briefOf(
  trust: Trust,
  grant: GrantRow,
  names: Names,
  approvals: readonly ApprovalRow[],
): z.input<typeof GrantBrief> {
  const { id, project, dump, state, version, scope, reason, ticket, minutes, bytes } = grant;
  const policies = bindingPolicies(trust, grant);
  const activateMinutes = Math.min(...policies.map((policy) => policy.activateMinutes));
  const decideMinutes = Math.min(...policies.map((policy) => policy.decideMinutes));
  const signedEnd = notAfterOf(grant, approvals) ?? later(grant.decidedAt, activateMinutes + minutes);
  return {
    ...{ id, project, dump, state, version, scope, reason, ticket, minutes, bytes },
    ...{ path: grant.path, review: grant.review, review_due: textOf(grant.reviewDue) },
    requester: nameOf(grant.requester, names),
    scope_bytes: totalBytes(grant.ranges),
    used_bytes: grant.usedBytes,
    created_at: grant.createdAt.toISOString(),
    decided_at: textOf(grant.decidedAt),
    activated_at: textOf(grant.activatedAt),
    expires_at: textOf(grant.expiresAt),
    ended_at: textOf(grant.endedAt),
    activate_by: state === 'approved' ? textOf(later(signedEnd, -minutes)) : null,
    decide_by: state === 'requested' ? textOf(later(grant.createdAt, decideMinutes)) : null,
  };
}

function approvalView(approval: ApprovalRow, version: number, names: Names): z.input<typeof ApprovalView> {
  return {
    approver: nameOf(approval.approver, names),
    ...{ decision: approval.decision, version: approval.version, note: approval.note },
    decided_at: approval.decidedAt.toISOString(),
    current: approval.version === version,
  };
}

function whatMay(actor: Actor, grant: GrantRow): z.input<typeof GrantView>['may'] {
  const may = (action: Parameters<typeof mayDo>[1], act: GrantAct): boolean =>
    mayDo(actor, action, grant) && isBefore(grant.state, act);
  return {
    edit: may('grant.edit', 'edit'),
    decide: may('grant.decide', 'approve') && grant.path === 'asked',
    open_self: may('grant.open-self', 'approve') && grant.path !== 'asked',
    review: grant.review === 'due' && mayDo(actor, 'grant.review', grant),
    withdraw: may('grant.withdraw', 'withdraw'),
    activate: may('grant.activate', 'activate'),
    read: grant.state === 'active' && mayDo(actor, 'grant.read', grant),
    revoke: may('grant.revoke', 'revoke'),
    close: may('grant.close', 'close'),
  };
}

const isBefore = (state: GrantState, act: GrantAct): boolean => statesBefore(act).includes(state);

/** Nobody is deleted; a name that is missing is a row that somebody else wrote. */
const nameOf = (id: PersonId, names: Names): PersonBrief => names.get(id) ?? { id, name: 'Unknown person', login: '' };

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const later = (at: Date | null, minutes: number): Date | null =>
  at === null ? null : new Date(at.getTime() + minutes * MINUTE_MS);
