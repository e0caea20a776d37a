import { type KeyObject, verify } from 'node:crypto';
import { EnvelopeError } from './envelope-error.js';
import { parseRecipient } from './recipient.js';

/** `vault`: a project and retention month. `extraction`: a day, for every project (DESIGN.md 5). */
export type RecipientKind = 'vault' | 'extraction';

/** What the keeper's statement key signs before ingest may seal to a recipient. */
export interface RecipientStatement {
  readonly kind: RecipientKind;
  /** `2026-11` for a vault, `2026-11-24` for an extraction; UTC. */
  readonly period: string;
  /** The project's slug; empty for an extraction. */
  readonly project: string;
  /** `age1…` */
  readonly recipient: string;
}

const PERIOD = { vault: /^\d{4}-(?:0[1-9]|1[0-2])$/, extraction: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/ };
const PROJECT = /^[a-z0-9-]{0,40}$/;

/** The period, in UTC, whose recipient of this kind serves at `time`. */
export function recipientPeriod(kind: RecipientKind, time: Date): string {
  return time.toISOString().slice(0, kind === 'vault' ? 7 : 10);
}

/**
 * The bytes that are signed: canonical JSON (RFC 8785) of {kind, period, project, recipient}. The fields are plain
 * ASCII without quotes, so canonical form is the four keys in order. Throws `envelope.malformed-recipient`.
 */
export function recipientStatement({ kind, period, project, recipient }: RecipientStatement): Buffer {
  parseRecipient(recipient);
  if (!PERIOD[kind].test(period) || !PROJECT.test(project) || (project === '') !== (kind === 'extraction')) {
    throw new EnvelopeError('envelope.malformed-recipient');
  }
  return Buffer.from(JSON.stringify({ kind, period, project, recipient }), 'utf8');
}

/** Whether `signature` (Ed25519, base64url) is the statement key's over this statement. A malformed one is false. */
export function verifyRecipient(statement: RecipientStatement, signature: string, statementKey: KeyObject): boolean {
  try {
    return verify(null, recipientStatement(statement), statementKey, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
