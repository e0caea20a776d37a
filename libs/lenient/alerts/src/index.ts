/**
 * alerts: what is said to people and machines outside when a signature is new, comes back, or rises. Messages only; who sends
 * them is an app.
 *
 * May import: report, ids. Knows no dump.
 * Invariants: an alert is made of what the console shows (`Leaks` of it is false, its own UUIDs aside), so no channel can carry more; each says why
 * it fired; a name from a report cannot become markup, a mention or a header of the channel it goes to.
 * Sources: DESIGN.md 2; Standard Webhooks 1.0; Slack "Formatting text for app surfaces"; RFC 5322.
 */
export { Alert, AlertKind } from './alert.js';
export { alertSentence } from './alert-sentence.js';
export { type MailMessage, mailMessage } from './mail-message.js';
export { type SlackMessage, slackMessage } from './slack-message.js';
export { type WebhookMessage, webhookMessage, webhookSecret } from './webhook-message.js';
