import type { Alert } from './alert.js';
import { ALERT_TITLES, alertSentence } from './alert-sentence.js';

export interface MailMessage {
  readonly subject: string;
  readonly text: string;
}

const SUBJECT_MAX = 180;

/** Plain text: nothing in it is markup to any reader. The subject is one line. */
export function mailMessage(alert: Alert, link: string): MailMessage {
  const subject = `[${alert.project}] ${ALERT_TITLES[alert.kind]}: ${alert.signature}`;
  return {
    subject: subject.replaceAll(/\s+/gu, ' ').slice(0, SUBJECT_MAX),
    text: [
      alert.signature,
      '',
      alertSentence(alert),
      '',
      link,
      '',
      'Only what every reader of the project sees is in this mail. Memory stays sealed in Crashkeep.',
      '',
    ].join('\n'),
  };
}
