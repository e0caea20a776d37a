import type { DumpId, ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { ScreenSummary } from '@crashkeep/report';

/** In the screening's own transaction; a later one stands in its place. */
export async function writeScreenSummary(
  tx: SqlTransaction,
  dump: DumpId,
  project: ProjectId,
  summary: ScreenSummary,
): Promise<void> {
  const { state, detectors, critical, high, medium, low, info } = ScreenSummary.parse(summary);
  await tx.$executeRaw`INSERT INTO lenient.screen_summary
      (dump_id, project, state, detectors, critical, high, medium, low, info, changed_at)
    VALUES (${dump}::uuid, ${project}, ${state}, ${detectors}::int, ${critical}::int, ${high}::int, ${medium}::int,
      ${low}::int, ${info}::int, now())
    ON CONFLICT (dump_id) DO UPDATE SET state = excluded.state, detectors = excluded.detectors,
      critical = excluded.critical, high = excluded.high, medium = excluded.medium, low = excluded.low,
      info = excluded.info, changed_at = now()`;
  // A page that is open learns of it as of any change of the dump's state.
  await tx.$executeRaw`UPDATE lenient.dump_state SET changed_at = now() WHERE dump_id = ${dump}::uuid`;
}

/** A dump that nobody has screened yet is `none`, by no set. */
export async function findScreenSummary(tx: SqlTransaction, dump: DumpId): Promise<ScreenSummary> {
  const [row] = await tx.$queryRaw<unknown[]>`SELECT state, detectors, critical, high, medium, low, info
    FROM lenient.screen_summary WHERE dump_id = ${dump}::uuid`;
  const nothing = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  return row === undefined ? { state: 'none', detectors: 0, ...nothing } : ScreenSummary.parse(row);
}
