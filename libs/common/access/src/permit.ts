import type { PersonId, ProjectId } from '@crashkeep/ids';
import { AccessError, type AccessErrorCode } from './access-error.js';

export const ROLES = ['viewer', 'engineer', 'security', 'auditor', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** A person and what they are, where. Project `*` is every project. */
export interface Actor {
  readonly person: PersonId;
  readonly roles: readonly { readonly project: ProjectId | '*'; readonly role: Role }[];
}

/** What is acted on. `requester` where it is a grant. */
export interface AccessObject {
  readonly project: ProjectId | '*';
  readonly requester?: PersonId;
}

type Rule = (holds: (role: Role) => boolean, actor: Actor, object: AccessObject) => AccessErrorCode | null;

const allowedIf = (allowed: boolean): AccessErrorCode | null => (allowed ? null : 'access.not-allowed');

const mayRequest: Rule = (holds) => {
  if (holds('security')) return 'access.separation';
  return allowedIf(holds('engineer'));
};

const mayActAsRequester: Rule = (holds, actor, object) => {
  if (object.requester !== actor.person) return 'access.not-requester';
  return mayRequest(holds, actor, object);
};

/** Closed: what has no rule cannot be permitted. No rule gives bytes: only a grant that the keeper verified does. */
const RULES = {
  'dump.see-map': (holds) => allowedIf(holds('engineer') || holds('security')),
  'grant.request': mayRequest,
  'grant.see': (holds, actor, object) =>
    allowedIf(object.requester === actor.person || holds('security') || holds('auditor') || holds('admin')),
  'grant.decide': (holds, actor, object) =>
    object.requester === actor.person ? 'access.same-person' : allowedIf(holds('security')),
  'grant.edit': mayActAsRequester,
  'grant.activate': mayActAsRequester,
  // By the signed policy and their own passkey: automatic approval, break-glass.
  'grant.open-self': mayActAsRequester,
  'grant.review': (holds, actor, object) =>
    object.requester === actor.person ? 'access.same-person' : allowedIf(holds('security')),
  // To give a right back needs no role.
  'grant.withdraw': (_holds, actor, object) => (object.requester === actor.person ? null : 'access.not-requester'),
  'grant.close': (_holds, actor, object) => (object.requester === actor.person ? null : 'access.not-requester'),
  'grant.revoke': (holds, actor, object) =>
    allowedIf(object.requester === actor.person || holds('security') || holds('admin')),
  'grant.read': mayActAsRequester,
  'audit.read': (holds) => allowedIf(holds('auditor') || holds('security') || holds('admin')),
  'finding.rotate': (holds) => allowedIf(holds('security')),
  'people.manage': (holds) => allowedIf(holds('admin')),
  // A passkey is worth nothing until another person has signed for it, so whoever may need one may bring one.
  'passkey.enrol': (holds) => allowedIf(holds('engineer') || holds('security') || holds('admin')),
  'statement.see': (holds) => allowedIf(holds('auditor') || holds('security') || holds('admin')),
  'statement.sign': (holds) => allowedIf(holds('security') || holds('admin')),
  'device.see-all': (holds) => allowedIf(holds('security') || holds('auditor') || holds('admin')),
  'device.manage': (holds) => allowedIf(holds('security') || holds('admin')),
  'policy.propose': (holds) => allowedIf(holds('security') || holds('admin')),
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof RULES;

const minting = Symbol('minting');

/** Authority as a value: a function that needs it asks for it in its signature. Only `decide` makes one. */
export class Permit<A extends Action> {
  constructor(
    readonly action: A,
    readonly person: PersonId,
    readonly project: ProjectId | '*',
    mint: typeof minting,
  ) {
    if (mint !== minting) throw new TypeError('access: only decide() makes a permit');
  }
}

/** A permit, or the rule's refusal as an AccessError. */
export function decide<A extends Action>(actor: Actor, action: A, object: AccessObject): Permit<A> {
  const holds = (role: Role): boolean =>
    actor.roles.some((held) => held.role === role && (held.project === '*' || held.project === object.project));
  const rule: Rule = RULES[action];
  const refusal = rule(holds, actor, object);
  if (refusal !== null) throw new AccessError(refusal);
  return new Permit(action, actor.person, object.project, minting);
}

/** Whether `decide` would permit; for pages that offer or hide a button. */
export function mayDo(actor: Actor, action: Action, object: AccessObject): boolean {
  try {
    decide(actor, action, object);
    return true;
  } catch {
    return false;
  }
}
