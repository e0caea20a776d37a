import type { AlertRule, ToldAlerts } from '../api/wire.js';

type Channel = AlertRule['channel'];
type Told = ToldAlerts['alerts'][number];

export const CHANNEL_WORDS: Readonly<Record<Channel, { readonly name: string; readonly hint: string }>> = {
  slack: { name: 'Chat', hint: 'An incoming hook of Slack, Mattermost, Rocket.Chat or Discord (/slack).' },
  email: { name: 'Mail', hint: 'One address. A list’s address reaches a team.' },
  webhook: { name: 'Webhook', hint: 'A program of your own. Signed by Standard Webhooks, so it can check who speaks.' },
};

export const KIND_WORDS: Readonly<Record<Told['kind'], string>> = {
  'new-signature': 'New',
  regression: 'Came back',
  spike: 'Rising',
};

export const STATE_WORDS: Readonly<Record<Told['state'], string>> = {
  waiting: 'Waits to be told',
  sent: 'Told',
  failed: 'Could not be told',
  muted: 'Muted: too many in an hour',
};

/** Why the last try of a rule failed. */
export function failingWords(code: string): string {
  return FAILING.get(code) ?? 'The last try failed.';
}

const FAILING = new Map([
  ['alerts.mail-off', 'No mail server is set up.'],
  ['alerts.mail-refused', 'The mail server did not take it.'],
  ['alerts.address-refused', 'The address lies inside the own network.'],
  ['alerts.unreachable', 'Nobody answered at that address.'],
  ['alerts.refused', 'The other side answered, and refused it.'],
  ['alerts.target-unreadable', 'The address can no longer be read. Make the rule anew.'],
]);

/** When a rule fires, in words. */
export function occasionWords(rule: AlertRule): string {
  return [
    rule.on_new ? 'new signature' : null,
    rule.on_regression ? 'comes back' : null,
    rule.on_spike
      ? `rises to ${String(rule.spike_times)} times its week, ${String(rule.spike_least)} reports or more`
      : null,
  ]
    .filter((word) => word !== null)
    .join(', ');
}
