import { z } from 'zod';

const DAY_MINUTES = 24 * 60;

/** What a project asks of grants of one scope. */
export const ScopeRule = z.strictObject({
  /** Different persons, each `security` in the project. */
  approvals: z.int().min(1).max(5),
  /** Longest time that a grant is open, from its activation. */
  minutesMax: z.int().min(1).max(DAY_MINUTES),
  /** Largest byte budget. */
  budgetMax: z
    .int()
    .min(1)
    .max(2 ** 40),
  /** Only from devices that security has marked hardened. */
  hardened: z.boolean(),
});
export type ScopeRule = z.infer<typeof ScopeRule>;

/** Narrow enough that a machine may allow it, on a dump that a complete screen found clean. */
export const AUTOMATIC_SCOPES = ['annotations', 'registers', 'stack'] as const;

/** Null: nobody may ask for that scope. */
const rule = ScopeRule.nullable();

/** A raw policy's words, as they are signed. `export` has its place and is off: there is nothing to say of it yet. */
export const PolicyRules = z.strictObject({
  scopes: z.strictObject({ annotations: rule, registers: rule, stack: rule, memory: rule, whole: rule }),
  /** Scopes that need no second person on a dump without findings. */
  automatic: z.array(z.enum(AUTOMATIC_SCOPES)).max(AUTOMATIC_SCOPES.length),
  /** Reading first and being judged afterwards; null: nobody may. */
  breakGlass: z
    .strictObject({
      minutesMax: z.int().min(1).max(DAY_MINUTES),
      budgetMax: z
        .int()
        .min(1)
        .max(2 ** 40),
      /** Persons who must review it within a day. */
      reviews: z.int().min(1).max(2),
    })
    .nullable(),
  /** A request that nobody decides lapses after this. */
  decideMinutes: z
    .int()
    .min(5)
    .max(30 * DAY_MINUTES),
  /** An approval that nobody activates lapses after this. */
  activateMinutes: z
    .int()
    .min(5)
    .max(7 * DAY_MINUTES),
});
export type PolicyRules = z.infer<typeof PolicyRules>;
