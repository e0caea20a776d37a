import { z } from 'zod';
import { LedgerError } from '../ledger-error.js';

export const SALT_BYTES = 16;

/** A row of schema ledger, as far as the tree knows it. */
export interface LeafRow {
  readonly id: string;
  readonly process: string;
  /** Canonical JSON of a Leaf. */
  readonly body: string;
  readonly salt: Uint8Array;
  readonly at: Date;
}

/**
 * What is hashed into the tree: 16 bytes of salt, then `{"at":…,"id":…,"leaf":<body>,"process":…}` as canonical JSON. Who did it and
 * when stand in it, so that neither can be changed. PostgreSQL's `ledger.append` builds the same text.
 */
export function entryOf({ id, process, body, salt, at }: LeafRow): Buffer {
  const text = `{"at":"${at.toISOString()}","id":"${id}","leaf":${body},"process":"${process}"}`;
  return Buffer.concat([salt, Buffer.from(text, 'utf8')]);
}

/** Leaves from before time and process were hashed, too: salt and body alone. */
export function bareEntryOf({ body, salt }: Pick<LeafRow, 'body' | 'salt'>): Buffer {
  return Buffer.concat([salt, Buffer.from(body, 'utf8')]);
}

const Text = z.strictObject({
  at: z.iso.datetime({ precision: 3 }),
  id: z.uuid(),
  leaf: z.record(z.string(), z.unknown()),
  process: z.string().regex(/^[a-z-]{1,40}$/),
});

/** An entry as an auditor reads it. A bare one has no time, id or process. */
export interface ReadEntry {
  readonly at: string | null;
  readonly id: string | null;
  readonly process: string | null;
  readonly leaf: Readonly<Record<string, unknown>>;
}

/** Throws `ledger.malformed-entry`. */
export function readEntry(entry: Uint8Array): ReadEntry {
  const fields = jsonObject(entry.subarray(SALT_BYTES));
  if (entry.length < SALT_BYTES || fields === null) throw new LedgerError('ledger.malformed-entry');
  if ('act' in fields) return { at: null, id: null, process: null, leaf: fields };
  const parsed = Text.safeParse(fields);
  if (!parsed.success) throw new LedgerError('ledger.malformed-entry');
  return parsed.data;
}

function jsonObject(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
