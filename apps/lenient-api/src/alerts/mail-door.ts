import { createTransport } from 'nodemailer';
import { AlertPostError } from './alert-post-error.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Of the alert: a try again has the same Message-ID, so that readers show one. */
  readonly id: string;
}

/** Out to an SMTP server. */
export interface MailDoor {
  send(mail: Mail): Promise<void>;
}

const TIMEOUT_MS = 10_000;

/** `url` like `smtps://user:password@mail.example:465`. Nothing is read from files or addresses that a message names. */
export function openMailDoor(url: string, from: string): MailDoor {
  const transport = createTransport(
    {
      url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from, headers: { 'Auto-Submitted': 'auto-generated' } },
  );
  return {
    send: async ({ to, subject, text, id }) => {
      try {
        await transport.sendMail({ to: { address: to, name: '' }, subject, text, messageId: `<${id}@crashkeep>` });
      } catch {
        throw new AlertPostError('alerts.mail-refused');
      }
    },
  };
}
