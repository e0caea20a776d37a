import type { StrictRows } from './strict-store.js';

/** What a worker knows of a dump without opening it. */
export interface DeclaredDump {
  readonly id: string;
  readonly project: string;
  readonly receivedAt: Date;
  readonly product: string | null;
  readonly version: string | null;
  readonly channel: string | null;
}

export async function findDeclaredDump(rows: StrictRows, id: string): Promise<DeclaredDump | null> {
  const row = await rows.dump.findUnique({
    where: { id },
    select: { id: true, project: true, received_at: true, product: true, version: true, channel: true },
  });
  if (row === null) return null;
  const { received_at: receivedAt, ...declared } = row;
  return { ...declared, receivedAt };
}

/**
 * Dumps of the project whose stored walk lists a module of this debug id, or of one of these spellings of a code id, in the order of
 * their ids, after `after`.
 */
export async function findWalksWithModule(
  rows: StrictRows,
  project: string,
  { debugId, codeIds }: { readonly debugId: string; readonly codeIds: readonly string[] },
  page: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const [first = debugId, second = first, third = first] = codeIds;
  const found = await rows.$queryRaw<{ dump_id: string }[]>`
    SELECT w.dump_id FROM strict.walk w JOIN strict.dump d ON d.id = w.dump_id
    WHERE (jsonb_path_query_array(w.result, '$.modules[*].debugId') @> to_jsonb(ARRAY[${debugId}::text])
        OR jsonb_path_query_array(w.result, '$.modules[*].codeId') @> to_jsonb(ARRAY[${first}::text])
        OR jsonb_path_query_array(w.result, '$.modules[*].codeId') @> to_jsonb(ARRAY[${second}::text])
        OR jsonb_path_query_array(w.result, '$.modules[*].codeId') @> to_jsonb(ARRAY[${third}::text]))
      AND d.project = ${project} AND w.dump_id > ${page.after}::uuid
    ORDER BY w.dump_id LIMIT ${page.limit}::int`;
  return found.map(({ dump_id }) => dump_id);
}
