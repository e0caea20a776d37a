import type { DumpFormat } from './received-dump.js';
import type { StrictRows } from './strict-store.js';

/** What of a dump may be read without a header: strict-api's view. Sizes in bytes. */
export interface DumpFacts {
  readonly id: string;
  readonly project: string;
  readonly format: DumpFormat;
  readonly receivedAt: Date;
  readonly plainBytes: number;
  readonly retainUntil: Date;
  readonly shreddedAt: Date | null;
}

const FACTS = {
  id: true,
  project: true,
  format: true,
  received_at: true,
  plain_bytes: true,
  retain_until: true,
  shredded_at: true,
} as const;

interface FactsRow {
  readonly id: string;
  readonly project: string;
  readonly format: DumpFormat;
  readonly received_at: Date;
  readonly plain_bytes: bigint;
  readonly retain_until: Date;
  readonly shredded_at: Date | null;
}

/** By id, or by the 16 hex digits that a client of style hex16 was told. */
export async function findDumpFacts(rows: StrictRows, idOrAlias: string): Promise<DumpFacts | null> {
  const where = /^[0-9a-f]{16}$/.test(idOrAlias) ? { alias: idOrAlias } : { id: idOrAlias };
  const row = await rows.dump.findUnique({ where, select: FACTS });
  return row && factsOf(row);
}

function factsOf(row: FactsRow): DumpFacts {
  return {
    id: row.id,
    project: row.project,
    format: row.format,
    receivedAt: row.received_at,
    plainBytes: Number(row.plain_bytes),
    retainUntil: row.retain_until,
    shreddedAt: row.shredded_at,
  };
}

/** Sealed parts that hold what the client sent as key and value. Sizes in bytes. */
export async function findAnnotationParts(
  rows: StrictRows,
  dumpId: string,
): Promise<{ readonly part: string; readonly bytes: number }[]> {
  const where = { dump_id: dumpId, kind: 'annotations' };
  const found = await rows.dump_part.findMany({
    where,
    select: { id: true, plain_bytes: true },
    orderBy: { id: 'asc' },
  });
  return found.map(({ id, plain_bytes: bytes }) => ({ part: id, bytes: Number(bytes) }));
}
