import { AccessError } from './access-error.js';

/** A grant's life (DESIGN.md 7). */
export const GRANT_STATES = [
  'requested',
  'approved',
  'active',
  'closed',
  'expired',
  'exhausted',
  'revoked',
  'denied',
  'withdrawn',
  'lapsed',
] as const;
export type GrantState = (typeof GRANT_STATES)[number];

export const GRANT_ACTS = [
  'edit',
  'approve',
  'deny',
  'withdraw',
  'lapse',
  'activate',
  'close',
  'expire',
  'exhaust',
  'revoke',
] as const;
export type GrantAct = (typeof GRANT_ACTS)[number];

/**
 * The whole of it: an act that is not listed for a state cannot happen there. A state without acts is terminal and never
 * changes: a new need is a new request. `approve` here is the approval that completes the quorum.
 */
export const TRANSITIONS: { readonly [S in GrantState]: { readonly [A in GrantAct]?: GrantState } } = {
  requested: { edit: 'requested', approve: 'approved', deny: 'denied', withdraw: 'withdrawn', lapse: 'lapsed' },
  // An edit voids approvals, so an approved request that is edited is asked anew.
  approved: { edit: 'requested', withdraw: 'withdrawn', lapse: 'lapsed', activate: 'active', revoke: 'revoked' },
  active: { close: 'closed', expire: 'expired', exhaust: 'exhausted', revoke: 'revoked' },
  closed: {},
  expired: {},
  exhausted: {},
  revoked: {},
  denied: {},
  withdrawn: {},
  lapsed: {},
};

/** The state after an act, or `access.wrong-state`. */
export function stateAfter(state: GrantState, act: GrantAct): GrantState {
  const next = TRANSITIONS[state][act];
  if (next === undefined) throw new AccessError('access.wrong-state');
  return next;
}

/** The states in which an act may happen: the condition of the statement that writes it. */
export function statesBefore(act: GrantAct): readonly GrantState[] {
  return GRANT_STATES.filter((state) => TRANSITIONS[state][act] !== undefined);
}

export const isTerminal = (state: GrantState): boolean => Object.keys(TRANSITIONS[state]).length === 0;
