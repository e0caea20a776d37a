import { PolicyRules } from '@crashkeep/access';
import { z } from 'zod';
import { ProjectIdText } from '@crashkeep/ids';

export const ProjectView = z.object({
  id: ProjectIdText,
  name: z.string(),
  /** A regular expression that a ticket must fit as a whole. */
  ticket_pattern: z.string(),
  policy: z.object({
    name: z.string(),
    /** As they are signed; by scope. */
    rules: PolicyRules,
    /** The fewest approvals, the longest time and the largest budget that any scope has. */
    approvals: z.int(),
    minutes_max: z.int(),
    budget_max: z.int(),
    /** A request lapses after this without a decision, an approval without being opened. */
    decide_minutes: z.int(),
    activate_minutes: z.int(),
  }),
  may: z.object({ request: z.boolean(), decide: z.boolean(), audit: z.boolean(), manage: z.boolean() }),
});

export const ProjectsAnswer = z.object({ projects: z.array(ProjectView) });
