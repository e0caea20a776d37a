import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import type { LenientReport } from '@crashkeep/report';
import { findOrMakeDims } from './find-or-make-dims.js';
import { findOrMakeGroup } from './find-or-make-group.js';
import { type WordNumbers, findOrMakeWords } from './find-or-make-words.js';
import { type CountedReport, countIn, countOut, lockGroups } from './group-counters.js';
import { reopenRegressed } from './reopen-regressed.js';
import { wordsOf } from './words-of-report.js';

/** What is counted of a crash and not shown. */
export interface CountedOnly {
  /** Keyed hash of the install's id, 0 to 2^53 - 1: how many installs a crash has. Null where the client told none. */
  readonly install: number | null;
}

/**
 * Writes a report, or a later one of the same dump over it, and keeps every counter. Writers of one dump follow one another; words,
 * combinations and groups are made, and groups locked, in one order. A second walk that finds another signature moves the report.
 * A dump's `received_at` is the vault's clock and never changes: it is half of the report's key.
 */
export async function writeReport(
  tx: SqlTransaction,
  report: LenientReport,
  project: ProjectId,
  { install }: CountedOnly = { install: null },
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('lenient.report/' || ${report.id}, 0))`;
  const before = await findCounted(tx, report);
  const numbers = await findOrMakeWords(tx, project, wordsOf(report));
  const dimsId = await findOrMakeDims(tx, project, report);
  const groupId = await findOrMakeGroup(tx, project, report);
  await lockGroups(tx, before === null ? [groupId] : [groupId, before.groupId]);
  const after: CountedReport = {
    project,
    groupId,
    receivedAt: report.received_at * 1000,
    dimsId,
    install: install ?? before?.install ?? null,
  };
  await upsert(tx, report, after, numbers);
  if (before !== null && isCountedAlike(before, after)) return;
  if (before !== null) await countOut(tx, before);
  await countIn(tx, after);
  if (before === null) await reopenRegressed(tx, groupId, report);
}

const isCountedAlike = (a: CountedReport, b: CountedReport): boolean =>
  a.groupId === b.groupId && a.dimsId === b.dimsId && a.install === b.install;

async function findCounted(tx: SqlTransaction, { id, received_at }: LenientReport): Promise<CountedReport | null> {
  const [row] = await tx.$queryRaw<{ project: string; group_id: string; dims_id: number; install: bigint | null }[]>`
    SELECT project, group_id, dims_id, install FROM lenient.report
    WHERE id = ${id}::uuid AND received_at = to_timestamp(${received_at}::float8)`;
  if (row === undefined) return null;
  return {
    project: row.project as ProjectId,
    groupId: row.group_id,
    receivedAt: received_at * 1000,
    dimsId: row.dims_id,
    install: row.install === null ? null : Number(row.install),
  };
}

async function upsert(
  tx: SqlTransaction,
  report: LenientReport,
  { project, groupId, dimsId, install }: CountedReport,
  { words, stack }: WordNumbers,
): Promise<void> {
  await tx.$executeRaw`INSERT INTO lenient.report AS r
      (id, project, group_id, received_at, dims_id, product, version, channel, os, os_version, cpu, crash_reason, address_class,
       format, crashed_at, uptime, cpu_count, threads, install, signature, words, stack, body)
    VALUES (${report.id}::uuid, ${project}, ${groupId}::uuid, to_timestamp(${report.received_at}::float8), ${dimsId}::int,
      ${report.product}, ${report.version}, ${report.channel}, ${report.os}, ${report.os_version}, ${report.cpu},
      ${report.crash_reason}, ${report.crash_address_class}, ${report.format}, to_timestamp(${report.crashed_at}::float8),
      ${report.uptime}::bigint, ${report.cpu_count}::bigint, ${report.threads.length}::int, ${install}::bigint,
      ${report.signature}, ${words}::int[], ${stack}::int[], ${JSON.stringify(report)}::jsonb)
    ON CONFLICT (id, received_at) DO UPDATE SET group_id = excluded.group_id, dims_id = excluded.dims_id,
      product = excluded.product, version = excluded.version, channel = excluded.channel, os = excluded.os,
      os_version = excluded.os_version, cpu = excluded.cpu, crash_reason = excluded.crash_reason,
      address_class = excluded.address_class, format = excluded.format, crashed_at = excluded.crashed_at,
      uptime = excluded.uptime, cpu_count = excluded.cpu_count, threads = excluded.threads, install = excluded.install,
      signature = excluded.signature, words = excluded.words, stack = excluded.stack, body = excluded.body
    WHERE r.project = excluded.project`;
}
