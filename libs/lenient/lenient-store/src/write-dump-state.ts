import type { DumpAlias, DumpId, ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import type { DumpFailure } from '@crashkeep/report';

/**
 * What happened to a dump, in enums, times and counts: the second crossing beside the airlock (DESIGN.md 17), under the same type law.
 * Times that the database does not set itself are milliseconds since 1970.
 */
export type DumpStateChange =
  | {
      readonly change: 'received';
      readonly dump: DumpId;
      readonly project: ProjectId;
      readonly alias: DumpAlias | null;
      readonly receivedAt: number;
      readonly heldUntil: number;
      readonly dumpBytes: number;
      readonly attachments: number;
      readonly annotations: number;
    }
  | { readonly change: 'walking' | 'shredded'; readonly dump: DumpId }
  /** Of an attempt that failed: `openedBytes` are counted all the same. */
  | { readonly change: 'requeued'; readonly dump: DumpId; readonly openedBytes?: number }
  /** The keeper counts them now and then: strict-api, where grants begin and end, may not write here. */
  | { readonly change: 'grants-counted'; readonly dump: DumpId; readonly open: number; readonly ended: number }
  /** `openedBytes`: plaintext that this walk read. */
  | { readonly change: 'done'; readonly dump: DumpId; readonly openedBytes: number }
  /** Late symbols had it opened once more; it was done before. */
  | { readonly change: 'walked-again'; readonly dump: DumpId; readonly openedBytes: number }
  | { readonly change: 'failed'; readonly dump: DumpId; readonly failure: DumpFailure; readonly openedBytes?: number };

/** In the act's own transaction. A dump that is shredded stays so, whatever a late worker says of it. */
export async function writeDumpState(tx: SqlTransaction, change: DumpStateChange): Promise<void> {
  switch (change.change) {
    case 'received':
      return insertReceived(tx, change);
    case 'walking':
      await tx.$executeRaw`UPDATE lenient.dump_state
        SET stage = 'walking', walking_at = now(), attempts = attempts + 1, failure = NULL, changed_at = now()
        WHERE dump_id = ${change.dump}::uuid AND stage <> 'shredded'`;
      return;
    case 'requeued':
      await tx.$executeRaw`UPDATE lenient.dump_state SET stage = 'queued', changed_at = now(),
          opened_bytes = coalesce(opened_bytes + ${change.openedBytes ?? 0}::bigint, ${change.openedBytes ?? null}::bigint)
        WHERE dump_id = ${change.dump}::uuid AND stage <> 'shredded'`;
      return;
    case 'done':
      await tx.$executeRaw`UPDATE lenient.dump_state
        SET stage = 'done', done_at = now(), failure = NULL, changed_at = now(),
          opened_bytes = coalesce(opened_bytes, 0) + ${change.openedBytes}::bigint
        WHERE dump_id = ${change.dump}::uuid AND stage <> 'shredded'`;
      return;
    case 'walked-again':
      await tx.$executeRaw`UPDATE lenient.dump_state
        SET changed_at = now(), opened_bytes = coalesce(opened_bytes, 0) + ${change.openedBytes}::bigint
        WHERE dump_id = ${change.dump}::uuid AND stage <> 'shredded'`;
      return;
    case 'failed':
      await tx.$executeRaw`UPDATE lenient.dump_state
        SET stage = 'failed', done_at = now(), failure = ${change.failure}, changed_at = now(),
          opened_bytes = coalesce(opened_bytes + ${change.openedBytes ?? 0}::bigint, ${change.openedBytes ?? null}::bigint)
        WHERE dump_id = ${change.dump}::uuid AND stage <> 'shredded'`;
      return;
    case 'grants-counted':
      await tx.$executeRaw`UPDATE lenient.dump_state
        SET grants_open = ${change.open}::int, grants_ended = ${change.ended}::int, changed_at = now()
        WHERE dump_id = ${change.dump}::uuid`;
      return;
    case 'shredded':
      await tx.$executeRaw`UPDATE lenient.dump_state
        SET stage = 'shredded', shredded_at = coalesce(shredded_at, now()), changed_at = now()
        WHERE dump_id = ${change.dump}::uuid`;
      return;
  }
}

async function insertReceived(
  tx: SqlTransaction,
  change: Extract<DumpStateChange, { change: 'received' }>,
): Promise<void> {
  await tx.$executeRaw`INSERT INTO lenient.dump_state
      (dump_id, project, alias, received_at, held_until, dump_bytes, attachments, annotations)
    VALUES (${change.dump}::uuid, ${change.project}, ${change.alias}, to_timestamp(${change.receivedAt}::float8 / 1000),
      to_timestamp(${change.heldUntil}::float8 / 1000), ${change.dumpBytes}::bigint, ${change.attachments}::int,
      ${change.annotations}::int)`;
}
