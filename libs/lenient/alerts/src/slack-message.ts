import type { Alert } from './alert.js';
import { ALERT_TITLES, alertSentence } from './alert-sentence.js';

export interface SlackMessage {
  /** What a notification shows. */
  readonly text: string;
  readonly blocks: readonly object[];
}

const SIGNATURE_MAX = 1500;

/** For Slack and what takes its form (Mattermost, Rocket.Chat, Discord's /slack). Names stand in `plain_text` or are escaped. */
export function slackMessage(alert: Alert, link: string): SlackMessage {
  const title = `${ALERT_TITLES[alert.kind]} in ${alert.project}`;
  const signature = escaped(alert.signature.slice(0, SIGNATURE_MAX));
  return {
    text: `${title}: ${signature}`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
      { type: 'section', text: { type: 'plain_text', text: alert.signature.slice(0, SIGNATURE_MAX), emoji: false } },
      { type: 'section', text: { type: 'plain_text', text: alertSentence(alert), emoji: false } },
      {
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open in Crashkeep' }, url: link }],
      },
    ],
  };
}

/** Slack's three: with them escaped no name is a link, a mention or `<!channel>`. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
