import type { SqlTransaction } from '@crashkeep/ledger';
import type { LenientReport } from '@crashkeep/report';
import { compareVersions } from './compare-versions.js';

/**
 * A group that is fixed opens again when a report shows that it is not: one of the version with the fix or a later one; where no
 * version was named, any that crashed after it was marked. What it is a part of opens with it. The group is locked.
 */
export async function reopenRegressed(
  tx: SqlTransaction,
  groupId: string,
  report: Pick<LenientReport, 'version' | 'received_at' | 'crashed_at'>,
): Promise<void> {
  const [group] = await tx.$queryRaw<{ fixed_in: string | null; status_at: Date | null }[]>`
    SELECT fixed_in, status_at FROM lenient.crash_group WHERE id = ${groupId}::uuid AND status = 'fixed'`;
  if (group === undefined) return;
  const at = (report.crashed_at ?? report.received_at) * 1000;
  const regressed =
    group.fixed_in === null
      ? at > (group.status_at?.getTime() ?? 0)
      : report.version !== null && compareVersions(report.version, group.fixed_in) >= 0;
  if (!regressed) return;
  await tx.$executeRaw`UPDATE lenient.crash_group SET status = 'open', regressed_at = now()
    WHERE id = ${groupId}::uuid OR id = (SELECT merged_into FROM lenient.crash_group WHERE id = ${groupId}::uuid)`;
}
