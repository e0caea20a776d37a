import { AccessError } from './access-error.js';
import { totalBytes } from './file-range.js';
import { type AccessPolicy, ruleFor } from './policy/access-policy.js';
import type { GrantTerms } from './narrowing.js';
import { type RegionMap, resolveScope } from './resolve-scope.js';
import { type Scope, normaliseScope } from './scope.js';

/** Budget steps, and the page that viewers read by. */
const PAGE_BYTES = 4096;

/** The terms of a request: scope resolved, limits checked. Without `bytes` the budget is one and a half full reads. */
export function requestedTerms(
  asked: { readonly scope: Scope; readonly minutes: number; readonly bytes?: number | undefined },
  map: RegionMap,
  policy: AccessPolicy,
): GrantTerms {
  const scope = normaliseScope(asked.scope);
  const rule = ruleFor(policy, scope.kind);
  if (rule === null) throw new AccessError('access.scope-closed');
  const ranges = resolveScope(scope, map);
  const bytes = asked.bytes ?? Math.min(rule.budgetMax, suggestedBudget(totalBytes(ranges)));
  if (!within(asked.minutes, rule.minutesMax)) throw new AccessError('access.minutes-out-of-bounds');
  if (!within(bytes, rule.budgetMax)) throw new AccessError('access.bytes-out-of-bounds');
  return { scope, ranges, minutes: asked.minutes, bytes };
}

const suggestedBudget = (once: number): number => Math.ceil((once * 1.5) / PAGE_BYTES) * PAGE_BYTES;

const within = (value: number, max: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= max;
