import type { PolicyRules, ScopeRule } from './policy-rules.js';
import type { ScopeKind } from '../scope.js';

/** How a project decides on raw memory. */
export interface AccessPolicy extends PolicyRules {
  /** The id of its signed statement, or `default/1`: what an approval names. */
  readonly name: string;
}

const MIB = 1024 * 1024;
const narrow: ScopeRule = { approvals: 1, minutesMax: 240, budgetMax: 16 * MIB, hardened: false };

/** What holds in a project that has signed none. It stands in the code and so needs no signature. */
export const DEFAULT_POLICY: AccessPolicy = {
  name: 'default/1',
  scopes: {
    annotations: narrow,
    registers: narrow,
    stack: narrow,
    memory: narrow,
    whole: { approvals: 2, minutesMax: 120, budgetMax: 256 * MIB, hardened: false },
  },
  automatic: [],
  breakGlass: null,
  decideMinutes: 24 * 60,
  activateMinutes: 24 * 60,
};

/** Null where the policy lets nobody ask for it. */
export const ruleFor = (policy: AccessPolicy, kind: ScopeKind): ScopeRule | null =>
  kind === 'export' ? null : policy.scopes[kind];

/** The longest and largest that any scope allows: for pages that offer choices before one is made. */
export function widestRule(policy: AccessPolicy): Pick<ScopeRule, 'approvals' | 'minutesMax' | 'budgetMax'> {
  const rules = Object.values(policy.scopes).filter((rule) => rule !== null);
  return {
    approvals: Math.min(...rules.map(({ approvals }) => approvals), 5),
    minutesMax: Math.max(...rules.map(({ minutesMax }) => minutesMax), 1),
    budgetMax: Math.max(...rules.map(({ budgetMax }) => budgetMax), 1),
  };
}
