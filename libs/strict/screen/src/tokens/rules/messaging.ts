import { rule, type TokenRule } from '../token-rule.js';

/** Mail, chat and telephony. */
export const MESSAGING_RULES: readonly TokenRule[] = [
  rule('gitleaks', 'slack-bot-token', 'xoxb-', '\\d{10,13}-\\d{10,13}[A-Za-z0-9-]{0,64}'),
  rule('gitleaks', 'slack-user-token', ['xoxp-', 'xoxe-'], '(?:\\d{10,13}-){3}[A-Za-z0-9-]{28,34}'),
  rule('gitleaks', 'slack-app-token', 'xapp-', '\\d-[A-Z0-9]{1,16}-\\d{1,16}-[a-z0-9]{20,80}'),
  rule('gitleaks', 'slack-configuration-token', ['xoxe.xoxb-', 'xoxe.xoxp-'], '\\d-[A-Z0-9]{163,166}'),
  rule('gitleaks', 'slack-legacy-token', ['xoxa-', 'xoxr-', 'xoxo-', 'xoxs-'], '(?:\\d-)?[A-Za-z0-9-]{10,80}', {
    entropy: 3,
  }),
  rule('gitleaks', 'slack-webhook', 'hooks.slack.com/services/', 'T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{22,26}'),
  rule(
    'kingfisher',
    'discord-webhook',
    ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
    '\\d{17,20}/[A-Za-z0-9_-]{60,72}',
  ),
  rule(
    'gitleaks',
    'microsoft-teams-webhook',
    '.webhook.office.com/webhookb2/',
    '[a-f0-9-]{36}@[a-f0-9-]{36}/IncomingWebhook/[a-z0-9]{32}/[a-f0-9-]{36}',
  ),
  rule('gitleaks', 'sendgrid-token', 'SG.', '[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  rule('gitleaks', 'sendinblue-token', 'xkeysib-', '[a-f0-9]{64}-[A-Za-z0-9]{16}'),
  rule('kingfisher', 'brevo-smtp-key', 'xsmtpsib-', '[a-f0-9]{64}-[A-Za-z0-9]{16}'),
  rule('gitleaks', 'mailgun-key', 'key-', '[a-f0-9]{32}', { entropy: 3 }),
  rule('gitleaks', 'telegram-bot-token', ':AA', '[A-Za-z0-9_-]{33}', { entropy: 4 }),
  rule('kingfisher', 'resend-key', 're_', '[A-Za-z0-9]{8}_[A-Za-z0-9]{24}', { entropy: 3.5 }),
  rule('gitleaks', 'intra42-secret', 's-s4t2', '(?:ud|af)-[a-f0-9]{64}'),
  rule('kingfisher', 'postman-key', 'PMAK-', '[a-f0-9]{24}-[a-f0-9]{34}'),
];
