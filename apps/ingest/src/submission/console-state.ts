import type { SqlTransaction } from '@crashkeep/ledger';

/** A dump's first state on the console: ids, times, counts. */
export interface ReceivedState {
  readonly dumpId: string;
  readonly project: string;
  readonly alias: string | null;
  readonly receivedAt: Date;
  readonly heldUntil: Date;
  readonly dumpBytes: number;
  readonly attachments: number;
  readonly annotations: number;
}

export async function writeReceived(tx: SqlTransaction, state: ReceivedState): Promise<void> {
  const { dumpId, project, alias, receivedAt, heldUntil, dumpBytes, attachments, annotations } = state;
  await tx.$executeRaw`INSERT INTO lenient.dump_state
    (dump_id, project, alias, received_at, held_until, dump_bytes, attachments, annotations)
    VALUES (${dumpId}::uuid, ${project}, ${alias}, ${receivedAt}, ${heldUntil}, ${dumpBytes}, ${attachments}, ${annotations})`;
}
