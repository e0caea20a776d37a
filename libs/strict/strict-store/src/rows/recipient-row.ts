import type { RecipientStatement } from '@crashkeep/envelope';
import type { StrictRows } from './strict-store.js';

/** A recipient as the keeper wrote it. Whether its signature holds is for the reader to check: a row proves nothing. */
export interface RecipientRow extends RecipientStatement {
  readonly id: string;
  /** Ed25519 by the keeper's statement key over `recipientStatement`, base64url. */
  readonly signature: string;
}

/** The recipient of a kind, project ('' for an extraction) and period that is not destroyed, or null. */
export async function findRecipient(
  rows: StrictRows,
  { kind, project, period }: Omit<RecipientStatement, 'recipient'>,
): Promise<RecipientRow | null> {
  const row = await rows.recipient.findFirst({
    where: { kind, project, period, destroyed_at: null },
    select: { id: true, recipient: true, signature: true },
  });
  return row && { kind, project, period, ...row };
}

/** Also of one that is destroyed. */
export async function findRecipientById(rows: StrictRows, id: string): Promise<RecipientRow | null> {
  const select = { id: true, kind: true, project: true, period: true, recipient: true, signature: true } as const;
  const row = await rows.recipient.findUnique({ where: { id }, select });
  return row && { ...row, kind: row.kind as RecipientStatement['kind'] };
}

/** How many dumps a worker can still open with the extraction identity of this day. */
export async function countOpenable(rows: StrictRows, day: string): Promise<number> {
  const found = await rows.recipient.findMany({ where: { kind: 'extraction', period: day }, select: { id: true } });
  const sealedTo = { extraction_recipient: { in: found.map(({ id }) => id) }, extraction_header: { not: null } };
  return (await rows.dump.count({ where: sealedTo })) + (await rows.extraction_lease.count({ where: sealedTo }));
}

/** False where that kind, project and period has one already: the first stays. */
export async function insertRecipient(rows: StrictRows, row: RecipientRow): Promise<boolean> {
  const { id, kind, project, period, recipient, signature } = row;
  const data = { id, kind, project, period, recipient, signature };
  return (await rows.recipient.createMany({ data, skipDuplicates: true })).count === 1;
}
