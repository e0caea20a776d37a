import type { DumpId, GrantId, PersonId, ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';
import type { PageEnd } from '../http/page-cursor.js';

export interface LeafFilter {
  /** Leaves of these projects; null = all of them, and those of none. */
  readonly projects: readonly ProjectId[] | null;
  readonly grant?: GrantId | undefined;
  readonly dump?: DumpId | undefined;
  readonly person?: PersonId | undefined;
  readonly act?: readonly string[] | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly leaf?: string | undefined;
  /** Only those that have a number below this. */
  readonly below?: number | undefined;
  readonly before?: PageEnd | undefined;
}

const LeafColumns = z.object({
  id: z.uuid(),
  seq: z.bigint().nullable(),
  process: z.string(),
  body: z.string(),
  salt: z.instanceof(Uint8Array),
  hash: z.instanceof(Uint8Array),
  created_at: z.date(),
});

export interface FoundLeaf extends PageEnd {
  readonly index: number | null;
  readonly process: string;
  readonly body: Record<string, unknown>;
  /** As it is stored: what its entry is made of. */
  readonly text: string;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/**
 * Leaves, newest first. A leaf belongs to the project that it names, or to that of its grant or dump. Fields are found in the
 * canonical text: a quote that a person wrote stands there as \", so no text can pass for a field.
 */
export async function findLeaves(rows: SqlTransaction, filter: LeafFilter, limit: number): Promise<FoundLeaf[]> {
  const { grant = null, dump = null, person = null, before } = filter;
  const acts = filter.act === undefined ? null : [...filter.act];
  const projects = filter.projects === null ? null : [...filter.projects];
  const found = await rows.$queryRaw<
    unknown[]
  >`SELECT l.id, l.seq, l.process, l.body, l.salt, l.hash, l.created_at FROM ledger.leaf l
    LEFT JOIN strict.access_grant g ON g.id = (substring(l.body FROM '"grant":"([0-9a-f-]{36})"'))::uuid
    LEFT JOIN strict.dump d ON d.id = coalesce(g.dump_id, (substring(l.body FROM '"dump":"([0-9a-f-]{36})"'))::uuid)
    WHERE (${projects}::text[] IS NULL
        OR coalesce(substring(l.body FROM '"project":"([a-z0-9-]+)"'), g.project, d.project) = ANY(${projects}::text[]))
      AND (${grant}::text IS NULL OR substring(l.body FROM '"grant":"([0-9a-f-]{36})"') = ${grant}::text)
      AND (${dump}::text IS NULL OR d.id = ${dump}::uuid)
      AND (${person}::text IS NULL OR l.body LIKE '%"' || ${person}::text || '"%')
      AND (${acts}::text[] IS NULL OR substring(l.body FROM '"act":"([a-z.-]+)"') = ANY(${acts}::text[]))
      AND (${filter.from ?? null}::timestamptz IS NULL OR l.created_at >= ${filter.from ?? null}::timestamptz)
      AND (${filter.to ?? null}::timestamptz IS NULL OR l.created_at < ${filter.to ?? null}::timestamptz)
      AND (${filter.leaf ?? null}::uuid IS NULL OR l.id = ${filter.leaf ?? null}::uuid)
      AND (${filter.below ?? null}::bigint IS NULL OR l.seq < ${filter.below ?? null}::bigint)
      AND (${before?.createdAt ?? null}::timestamptz IS NULL
        OR (l.created_at, l.id) < (${before?.createdAt ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    ORDER BY l.created_at DESC, l.id DESC LIMIT ${limit}::int`;
  return found.map((row) => {
    const { seq, body: text, created_at: createdAt, ...leaf } = LeafColumns.parse(row);
    const body = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    return { ...leaf, index: seq === null ? null : Number(seq), body, text, createdAt };
  });
}
