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
  const known = await findKnown(tx, report, project);
  const { before } = known;
  const numbers = await findOrMakeWords(tx, project, wordsOf(report));
  const dimsId = known.dimsId ?? (await findOrMakeDims(tx, project, report));
  const groupId = known.groupId ?? (await findOrMakeGroup(tx, project, report));
  const locked = await lockGroups(tx, before === null ? [groupId] : [groupId, before.groupId]);
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
  const group = locked.find((it) => it.id === groupId);
  if (before === null && group?.status === 'fixed') await reopenRegressed(tx, group, report);
}

const isCountedAlike = (a: CountedReport, b: CountedReport): boolean =>
  a.groupId === b.groupId && a.dimsId === b.dimsId && a.install === b.install;

interface Known {
  readonly before: CountedReport | null;
  readonly dimsId: number | null;
  readonly groupId: string | null;
}

/** In one statement, what most writes find: nothing of this report, but its combination and its group. */
async function findKnown(tx: SqlTransaction, report: LenientReport, project: ProjectId): Promise<Known> {
  const { id, received_at: at, signature, signature_algorithm: algorithm } = report;
  const [row] = await tx.$queryRaw<
    {
      project: string | null;
      before_group: string | null;
      before_dims: number;
      install: bigint | null;
      dims_id: number | null;
      group_id: string | null;
    }[]
  >`SELECT r.project, r.group_id AS before_group, r.dims_id AS before_dims, r.install,
      (SELECT d.id FROM lenient.dims AS d WHERE d.project = ${project} AND d.product = ${report.product ?? ''}
        AND d.version = ${report.version ?? ''} AND d.channel = ${report.channel ?? ''} AND d.os = ${report.os}
        AND d.cpu = ${report.cpu}) AS dims_id,
      (SELECT g.id FROM lenient.crash_group AS g WHERE g.project = ${project} AND g.algorithm = ${algorithm}::int
        AND g.signature = ${signature}) AS group_id
    FROM (SELECT) AS always LEFT JOIN lenient.report AS r
      ON r.id = ${id}::uuid AND r.received_at = to_timestamp(${at}::float8)`;
  const { dims_id: dimsId = null, group_id: groupId = null } = row ?? {};
  if (row?.project == null || row.before_group === null) return { before: null, dimsId, groupId };
  const before: CountedReport = {
    project: row.project as ProjectId,
    groupId: row.before_group,
    receivedAt: at * 1000,
    dimsId: row.before_dims,
    install: row.install === null ? null : Number(row.install),
  };
  return { before, dimsId, groupId };
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
