import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import type { LenientReport } from '@crashkeep/report';
import { type CountedReport, countIn, countOut, lockGroups } from './group-counters.js';
import { findOrMakeGroup } from './find-or-make-group.js';

/**
 * Writes a report, or a later one of the same dump over it, and keeps its group's counters. Writers of one dump follow one another;
 * groups are locked in the order of their ids. A second walk that finds another signature moves the report.
 */
export async function writeReport(tx: SqlTransaction, report: LenientReport, project: ProjectId): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('lenient.report/' || ${report.id}, 0))`;
  const before = await findCounted(tx, report.id);
  const groupId = await findOrMakeGroup(tx, project, report);
  await lockGroups(tx, before === null ? [groupId] : [groupId, before.groupId]);
  await upsert(tx, report, project, groupId);
  const after: CountedReport = {
    groupId,
    receivedAt: report.received_at * 1000,
    version: report.version ?? '',
    os: report.os,
  };
  if (before !== null && isCountedAlike(before, after)) return;
  if (before !== null) await countOut(tx, before);
  await countIn(tx, after);
}

const isCountedAlike = (a: CountedReport, b: CountedReport): boolean =>
  a.groupId === b.groupId && a.receivedAt === b.receivedAt && a.version === b.version && a.os === b.os;

async function findCounted(tx: SqlTransaction, id: string): Promise<CountedReport | null> {
  const [row] = await tx.$queryRaw<{ group_id: string; received_at: Date; version: string | null; os: string }[]>`
    SELECT group_id, received_at, version, os FROM lenient.report WHERE id = ${id}::uuid`;
  if (row === undefined) return null;
  return { groupId: row.group_id, receivedAt: row.received_at.getTime(), version: row.version ?? '', os: row.os };
}

async function upsert(tx: SqlTransaction, report: LenientReport, project: ProjectId, groupId: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO lenient.report AS r
      (id, project, group_id, received_at, product, version, channel, os, os_version, cpu, crash_reason, signature, body)
    VALUES (${report.id}::uuid, ${project}, ${groupId}::uuid, to_timestamp(${report.received_at}::float8), ${report.product},
      ${report.version}, ${report.channel}, ${report.os}, ${report.os_version}, ${report.cpu}, ${report.crash_reason},
      ${report.signature}, ${JSON.stringify(report)}::jsonb)
    ON CONFLICT (id) DO UPDATE SET group_id = excluded.group_id, received_at = excluded.received_at,
      product = excluded.product, version = excluded.version, channel = excluded.channel, os = excluded.os,
      os_version = excluded.os_version, cpu = excluded.cpu, crash_reason = excluded.crash_reason,
      signature = excluded.signature, body = excluded.body
    WHERE r.project = excluded.project`;
}
