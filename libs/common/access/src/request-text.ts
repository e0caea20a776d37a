import { AccessError } from './access-error.js';

export const REASON_MIN = 20;
export const REASON_MAX = 500;
export const NOTE_MAX = 500;
const TICKET_MAX = 64;

/** No control, format, surrogate, private or unassigned character, so that a reason cannot draw over the page that shows it. */
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]*$/u;

/** The reason as it is stored: trimmed, line ends as spaces. Counted in characters, not in UTF-16 units. */
export function reasonText(text: string): string {
  const reason = printable(text, REASON_MAX);
  if (charactersOf(reason) < REASON_MIN) throw new AccessError('access.reason-too-short');
  return reason;
}

/** What an approver says beside a decision; may be empty. */
export const noteText = (text: string): string => printable(text, NOTE_MAX);

function printable(text: string, max: number): string {
  const line = text.trim().replace(/\s*\r?\n\s*/g, ' ');
  if (line.length > max * 2 || charactersOf(line) > max) throw new AccessError('access.reason-too-long');
  if (!PRINTABLE.test(line)) throw new AccessError('access.reason-unprintable');
  return line;
}

const charactersOf = (text: string): number => Array.from(text).length;

/** A ticket that fits the project's pattern as a whole. A pattern that is none fits nothing. */
export function ticketText(text: string, projectPattern: string): string {
  const ticket = text.trim();
  if (ticket.length === 0 || ticket.length > TICKET_MAX || !PRINTABLE.test(ticket) || !fits(ticket, projectPattern)) {
    throw new AccessError('access.ticket-unfit');
  }
  return ticket;
}

function fits(ticket: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(ticket);
  } catch {
    return false;
  }
}
