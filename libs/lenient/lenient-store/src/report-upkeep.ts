import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { LenientReport } from '@crashkeep/report';
import { findOrMakeWords } from './find-or-make-words.js';
import { wordsOf } from './words-of-report.js';

/** Months that have a table before their first report comes. */
const MONTHS_AHEAD = 2;

/** Makes the coming months' tables of reports. How many were missing. */
export async function makeReportPartitions(tx: SqlTransaction): Promise<number> {
  const [row] = await tx.$queryRaw<
    { made: number }[]
  >`SELECT lenient.make_report_partitions(${MONTHS_AHEAD}::int) AS made`;
  return row?.made ?? 0;
}

/** In one transaction: gives reports that were written before reports had words theirs. How many it did; 0 = none is left. */
export async function indexReports(tx: SqlTransaction, atMost: number): Promise<number> {
  const found = await tx.$queryRaw<{ id: string; received_at: Date; project: string; body: unknown }[]>`
    SELECT id, received_at, project, body FROM lenient.report WHERE words IS NULL
    ORDER BY id LIMIT ${atMost}::int FOR UPDATE SKIP LOCKED`;
  for (const { id, received_at: at, project, body } of found) {
    const { words, stack } = await findOrMakeWords(tx, project as ProjectId, wordsOf(LenientReport.parse(body)));
    await tx.$executeRaw`UPDATE lenient.report SET words = ${words}::int[], stack = ${stack}::int[]
      WHERE id = ${id}::uuid AND received_at = ${at}`;
  }
  return found.length;
}
