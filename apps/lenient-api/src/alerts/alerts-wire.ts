import { NameText } from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { Instant } from '../http/words.js';

const Channel = z.enum(['webhook', 'email', 'slack']);
const KIND = z.enum(['new-signature', 'regression', 'spike']);

const occasions = {
  on_new: z.boolean(),
  on_regression: z.boolean(),
  on_spike: z.boolean(),
  /** A spike: today's reports are at least so many, */
  spike_least: z.int().min(2).max(1_000_000),
  /** and so many times the mean of the seven days before. */
  spike_times: z.int().min(2).max(1000),
};

export const AlertRuleAnswer = z
  .object({
    id: z.uuid(),
    project: ProjectIdText,
    name: z.string(),
    channel: Channel,
    /** As much of the address as may be shown. */
    target: z.string(),
    ...occasions,
    state: z.enum(['active', 'paused']),
    made_at: Instant,
    last_sent_at: Instant.nullable(),
    /** Code of the last try that failed; null once one succeeded. */
    failing: z.string().nullable(),
  })
  .meta({ id: 'AlertRule' });

export const AlertRulesAnswer = z.object({
  rules: AlertRuleAnswer.array(),
  /** False where the operator named no mail server. */
  mail: z.boolean(),
});

const Hook = z.url({ protocol: /^https?$/ }).max(500);
const common = { project: ProjectIdText, name: NameText, ...occasions };

export const NewAlertRuleBody = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('webhook'), target: Hook, ...common }),
  z.object({ channel: z.literal('slack'), target: Hook, ...common }),
  z.object({ channel: z.literal('email'), target: z.email().max(254), ...common }),
]);

export const NewAlertRuleAnswer = z.object({
  id: z.uuid(),
  /** What a webhook's receiver checks signatures with (Standard Webhooks). Told in this answer only. */
  secret: z.string().nullable(),
});

export const AlertRulePath = z.object({ id: z.uuid() });
export const AlertRuleChange = z.object({ state: z.enum(['active', 'paused']) });

export const AlertsAnswer = z.object({
  alerts: z
    .object({
      id: z.uuid(),
      kind: KIND,
      group: z.uuid(),
      signature: z.string(),
      /** Why it fired. */
      why: z.string(),
      rule: z.string(),
      state: z.enum(['waiting', 'sent', 'failed', 'muted']),
      raised_at: Instant,
    })
    .array(),
});
