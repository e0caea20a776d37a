import type { StrictRows } from './strict-store.js';

/** A stored walk. `result` is what the worker wrote; who reads it parses it by the walk's own schema. */
export interface WalkRow {
  readonly dumpId: string;
  readonly walkedAt: Date;
  readonly walker: number;
  readonly result: unknown;
  /** Keys of the symbol forms that the walk could use. */
  readonly forms: readonly string[];
}

export async function findWalk(rows: StrictRows, dumpId: string): Promise<WalkRow | null> {
  const row = await rows.walk.findUnique({
    where: { dump_id: dumpId },
    select: { walked_at: true, walker: true, result: true, forms: true },
  });
  return row && { dumpId, walkedAt: row.walked_at, walker: row.walker, result: row.result, forms: row.forms };
}
