import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';
import type { LenientRows } from '../lenient-store.js';

export const UploadOutcome = z.enum(['accepted', 'deferred', 'throttled', 'refused']);
/** What became of an upload. */
export type UploadOutcome = z.infer<typeof UploadOutcome>;

export interface UploadCount {
  readonly project: ProjectId;
  readonly outcome: UploadOutcome;
  /** A code of ingest's closed list; empty where it was accepted. */
  readonly reason: string;
  readonly count: number;
}

/** Adds to this hour's counts. What counts is told by code and number: nothing of an upload is in it. */
export async function countUploads(tx: SqlTransaction, counts: readonly UploadCount[]): Promise<void> {
  const sorted = [...counts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await tx.$executeRaw`INSERT INTO lenient.ingest_hour AS h (project, hour, outcome, reason, count)
    SELECT c.project, date_trunc('hour', now()), c.outcome, c.reason, c.count FROM unnest(
      ${sorted.map((it) => it.project)}::text[], ${sorted.map((it) => it.outcome)}::text[],
      ${sorted.map((it) => it.reason)}::text[], ${sorted.map((it) => it.count)}::bigint[]) AS c (project, outcome, reason, count)
    ON CONFLICT (project, hour, outcome, reason) DO UPDATE SET count = h.count + excluded.count`;
}

const keyOf = ({ project, outcome, reason }: UploadCount): string => `${project} ${outcome} ${reason}`;

export interface UploadHour {
  readonly hour: Date;
  readonly outcome: UploadOutcome;
  readonly reason: string;
  readonly count: number;
}

/** Of the last hours, oldest first; hours without an upload are left out. */
export async function findUploadCounts(rows: LenientRows, project: ProjectId, hours: number): Promise<UploadHour[]> {
  const found = await rows.$queryRaw<{ hour: Date; outcome: string; reason: string; count: bigint }[]>`
    SELECT hour, outcome, reason, count FROM lenient.ingest_hour
    WHERE project = ${project} AND hour > now() - make_interval(hours => ${hours}::int) ORDER BY hour, outcome, reason`;
  return found.map((it) => ({
    hour: it.hour,
    outcome: UploadOutcome.parse(it.outcome),
    reason: it.reason,
    count: Number(it.count),
  }));
}
