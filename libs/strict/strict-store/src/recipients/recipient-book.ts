import { type KeyObject, createPublicKey } from 'node:crypto';
import { type RecipientKind, type RecipientStatement, recipientPeriod, verifyRecipient } from '@crashkeep/envelope';
import type { RecipientRow } from '../rows/recipient-row.js';

/** To whom a dump that arrives now is sealed. */
export interface Recipients {
  readonly vault: RecipientRow;
  readonly extraction: RecipientRow;
}

/** How long a checked row is believed before it is read again: a destroyed recipient is noticed within this. */
const BELIEVED_MS = 60_000;

const REMEMBERED_MS = 24 * 3600 * 1000;

export type FindRecipient = (name: Omit<RecipientStatement, 'recipient'>) => Promise<RecipientRow | null>;

interface Checked {
  readonly row: RecipientRow;
  readonly until: number;
}

/**
 * The recipients of today: rows of the database, believed only where the keeper's statement key signed them. Whoever can
 * write the database can so take recipients away, but cannot give ingest one of their own.
 */
export class RecipientBook {
  readonly #find: FindRecipient;
  readonly #statementKey: KeyObject;
  readonly #now: () => Date;
  readonly #checked = new Map<string, Checked>();

  /** `statementKey`: the public half of the keeper's Ed25519 key, from ingest's own configuration. */
  constructor(find: FindRecipient, statementKey: KeyObject, now = () => new Date()) {
    this.#find = find;
    this.#statementKey = statementKey;
    this.#now = now;
  }

  /** Null where one of the two is missing, destroyed, or not signed: nothing may be sealed then. */
  async recipientsFor(project: string): Promise<Recipients | null> {
    const now = this.#now();
    const vault = await this.#recipient('vault', project, now);
    const extraction = await this.#recipient('extraction', '', now);
    return vault && extraction && { vault, extraction };
  }

  /** Whether anything can be sealed today, whatever the project. */
  async isOpen(): Promise<boolean> {
    return (await this.#recipient('extraction', '', this.#now())) !== null;
  }

  async #recipient(kind: RecipientKind, project: string, now: Date): Promise<RecipientRow | null> {
    const name = { kind, project, period: recipientPeriod(kind, now) };
    const key = `${kind} ${project}`;
    const known = this.#checked.get(key);
    if (known?.row.period === name.period && now.getTime() < known.until) return known.row;
    const row = await this.#find(name).catch((error: unknown) => {
      // The database is away: who was checked is sealed to for a day more. An extraction identity lives for two.
      if (known && now.getTime() < known.until + REMEMBERED_MS) return known.row;
      throw error;
    });
    if (row !== null && row === known?.row) return row;
    this.#checked.delete(key);
    if (!row || !isOf(row, name) || !verifyRecipient(row, row.signature, this.#statementKey)) return null;
    this.#checked.set(key, { row, until: now.getTime() + BELIEVED_MS });
    return row;
  }
}

/** A signed row of another project or month is genuine, and still not the one that was asked for. */
function isOf(row: RecipientRow, name: Omit<RecipientStatement, 'recipient'>): boolean {
  return row.kind === name.kind && row.project === name.project && row.period === name.period;
}

/** The public half of the keeper's statement key: PEM (SPKI, Ed25519). */
export function parseStatementKey(pem: string): KeyObject {
  const key = createPublicKey({ key: pem, format: 'pem' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('The statement key is no Ed25519 key.');
  return key;
}
