import type { SqlTransaction } from '@crashkeep/ledger';
import type { LenientReport } from '@crashkeep/report';
import { compareVersions } from './compare-versions.js';
import type { LockedGroup } from './group-counters.js';

/**
 * A group that is fixed opens again when a report shows that it is not: one of the version with the fix or a later one; where no
 * version was named, any that crashed after it was marked. What it is a part of opens with it. The group is locked.
 */
export async function reopenRegressed(
  tx: SqlTransaction,
  { id, fixed_in: fixedIn, status_at: statusAt }: LockedGroup,
  report: Pick<LenientReport, 'version' | 'received_at' | 'crashed_at'>,
): Promise<void> {
  const at = (report.crashed_at ?? report.received_at) * 1000;
  const regressed =
    fixedIn === null
      ? at > (statusAt?.getTime() ?? 0)
      : report.version !== null && compareVersions(report.version, fixedIn) >= 0;
  if (!regressed) return;
  await tx.$executeRaw`UPDATE lenient.crash_group SET status = 'open', regressed_at = now()
    WHERE id = ${id}::uuid OR id = (SELECT merged_into FROM lenient.crash_group WHERE id = ${id}::uuid)`;
}
