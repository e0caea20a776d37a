import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import type { LenientReport } from '@crashkeep/report';

/** The number of what a report is counted by: product, version, channel, system and processor together. Rows are never deleted. */
export async function findOrMakeDims(
  tx: SqlTransaction,
  project: ProjectId,
  report: Pick<LenientReport, 'product' | 'version' | 'channel' | 'os' | 'cpu'>,
): Promise<number> {
  const known = await findDims(tx, project, report);
  if (known !== null) return known;
  await tx.$executeRaw`INSERT INTO lenient.dims (project, product, version, channel, os, cpu)
    VALUES (${project}, ${report.product ?? ''}, ${report.version ?? ''}, ${report.channel ?? ''}, ${report.os}, ${report.cpu})
    ON CONFLICT (project, product, version, channel, os, cpu) DO NOTHING`;
  const made = await findDims(tx, project, report);
  if (made === null) throw new Error('lenient-store.dims-not-made');
  return made;
}

async function findDims(
  tx: SqlTransaction,
  project: ProjectId,
  report: Pick<LenientReport, 'product' | 'version' | 'channel' | 'os' | 'cpu'>,
): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ id: number }[]>`SELECT id FROM lenient.dims WHERE project = ${project}
    AND product = ${report.product ?? ''} AND version = ${report.version ?? ''} AND channel = ${report.channel ?? ''}
    AND os = ${report.os} AND cpu = ${report.cpu}`;
  return row?.id ?? null;
}
