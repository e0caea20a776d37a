import { ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { PersonOrNobody } from './words.js';

const rule = {
  rule: z.uuid(),
  project: ProjectIdText,
  channel: z.enum(['webhook', 'email', 'slack']),
  by: PersonOrNobody,
};
/** Who is told of crashes, outside the vault. The address is not said: a hook's address is a secret. */
export const AlertRuleMade = z.strictObject({ act: z.literal('alert-rule.made'), ...rule });
export const AlertRulePaused = z.strictObject({ act: z.literal('alert-rule.paused'), ...rule });
export const AlertRuleResumed = z.strictObject({ act: z.literal('alert-rule.resumed'), ...rule });
export const AlertRuleRemoved = z.strictObject({ act: z.literal('alert-rule.removed'), ...rule });
