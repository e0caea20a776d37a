import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Alert } from './alert.js';
import { alertSentence } from './alert-sentence.js';

export interface WebhookMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `whsec_…` of a rule, made from the console's own key each time: it is stored nowhere. */
export function webhookSecret(key: string, ruleId: string): string {
  return `whsec_${createHmac('sha256', key).update(`crashkeep/webhook/v1 ${ruleId}`).digest('base64')}`;
}

/**
 * A POST as Standard Webhooks 1.0 describes it: `webhook-id` is the alert's, so that a try again is known as one;
 * `webhook-timestamp`; `webhook-signature` by HMAC-SHA256 under the rule's secret.
 */
export function webhookMessage(alert: Alert, link: string, secret: string, at: Date): WebhookMessage {
  const body = JSON.stringify({
    type: `crash.${alert.kind}`,
    timestamp: new Date(alert.raised_at * 1000).toISOString(),
    data: {
      project: alert.project,
      group: alert.group,
      signature: alert.signature,
      count: alert.count,
      baseline: alert.baseline,
      fixed_in: alert.fixed_in,
      why: alertSentence(alert),
      link,
    },
  });
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': alert.id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(alert.id, at, body),
    },
  };
}
