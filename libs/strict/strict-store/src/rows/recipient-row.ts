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

/** False where that kind, project and period has one already: the first stays. */
export async function insertRecipient(rows: StrictRows, row: RecipientRow): Promise<boolean> {
  const { id, kind, project, period, recipient, signature } = row;
  const data = { id, kind, project, period, recipient, signature };
  return (await rows.recipient.createMany({ data, skipDuplicates: true })).count === 1;
}

/** Notes that the identity behind a recipient is gone; nothing is sealed to it from then on. */
export async function markRecipientDestroyed(rows: StrictRows, id: string, at: Date): Promise<void> {
  await rows.recipient.updateMany({ where: { id, destroyed_at: null }, data: { destroyed_at: at } });
}
