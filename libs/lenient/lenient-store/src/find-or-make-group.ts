import { randomUUID } from 'node:crypto';
import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import type { LenientReport } from '@crashkeep/report';

/** The id of a report's group. A group is never deleted, so that an id that was found stays good: an empty one is not shown. */
export async function findOrMakeGroup(
  tx: SqlTransaction,
  project: ProjectId,
  report: Pick<LenientReport, 'signature' | 'signature_algorithm' | 'received_at'>,
): Promise<string> {
  const known = await findGroupId(tx, project, report);
  if (known !== null) return known;
  // Of two that make it at once the second waits here for the first to commit, and then finds it.
  await tx.$executeRaw`INSERT INTO lenient.crash_group (id, project, signature, algorithm, first_seen, last_seen)
    VALUES (${randomUUID()}::uuid, ${project}, ${report.signature}, ${report.signature_algorithm}::int,
      to_timestamp(${report.received_at}::float8), to_timestamp(${report.received_at}::float8))
    ON CONFLICT (project, algorithm, signature) DO NOTHING`;
  const made = await findGroupId(tx, project, report);
  if (made === null) throw new Error('lenient-store.group-not-made');
  return made;
}

async function findGroupId(
  tx: SqlTransaction,
  project: ProjectId,
  report: Pick<LenientReport, 'signature' | 'signature_algorithm'>,
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM lenient.crash_group WHERE project = ${project}
    AND algorithm = ${report.signature_algorithm}::int AND signature = ${report.signature}`;
  return row?.id ?? null;
}
