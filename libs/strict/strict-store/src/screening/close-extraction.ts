import type { StrictRows } from '../rows/strict-store.js';

/**
 * Deletes the workers' headers of a dump that is walked and screened: from here on no worker can open it. False where one of
 * the two is still to be done, or the headers have gone. Whoever ends last calls it, in the transaction that ends it.
 */
export async function closeExtraction(rows: StrictRows, dumpId: string): Promise<boolean> {
  const closed = await rows.$executeRaw`UPDATE strict.dump d SET extraction_header = NULL
    WHERE d.id = ${dumpId}::uuid AND d.state = 'done' AND d.extraction_header IS NOT NULL
      AND EXISTS (SELECT FROM strict.screening s WHERE s.dump_id = d.id AND s.finished_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM strict.screening s WHERE s.dump_id = d.id AND s.finished_at IS NULL)`;
  if (closed !== 1) return false;
  await rows.dump_part.updateMany({ where: { dump_id: dumpId }, data: { extraction_header: null } });
  return true;
}
