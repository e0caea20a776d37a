import type { ProjectId } from '@crashkeep/ids';
import type { Query } from '@crashkeep/query';
import { Prisma } from '../generated/client.js';
import type { LenientRows } from '../lenient-store.js';
import { PAGE_DEFAULT } from '../page-cursor.js';
import { LINE_COLUMNS, type LineRow, type ReportsPage, afterPlace, linesOf } from '../reports-page.js';
import { reportCondition } from './compile-query.js';
import { resolveNames } from './resolve-names.js';
import { withinTime } from './within-time.js';

/** A project's reports of some time that fit a search. `from` belongs to it, `to` does not. */
export interface SearchAsked {
  readonly project: ProjectId;
  readonly query: Query;
  readonly from: Date;
  readonly to: Date;
  /** Only reports of these groups. */
  readonly groupIds?: readonly string[] | undefined;
}

/** A page of them, newest first. Throws `lenient-store.bad-cursor`, `too-many-names`, `too-broad`. */
export async function searchReports(
  rows: LenientRows,
  asked: SearchAsked & { readonly cursor?: string | undefined; readonly size?: number | undefined },
): Promise<ReportsPage> {
  const { size = PAGE_DEFAULT } = asked;
  const after = afterPlace(asked.cursor, Prisma.sql`r.received_at`, Prisma.sql`r.id`);
  return withinTime(async () => {
    const where = await searchCondition(rows, asked);
    const found = await rows.$queryRaw<LineRow[]>`
      SELECT r.*, coalesce(s.stage::text, 'done') AS stage, s.failure FROM (
        SELECT r.id, r.received_at, ${LINE_COLUMNS} FROM lenient.report AS r
        WHERE ${where} ${after} ORDER BY r.received_at DESC, r.id DESC LIMIT ${size + 1}::int) AS r
      LEFT JOIN lenient.dump_state AS s ON s.dump_id = r.id ORDER BY r.received_at DESC, r.id DESC`;
    return linesOf(found, size);
  });
}

/** On `lenient.report AS r`. */
export async function searchCondition(
  rows: LenientRows,
  { project, query, from, to, groupIds }: SearchAsked,
): Promise<Prisma.Sql> {
  const names = await resolveNames(rows, project, query);
  const ofGroups = groupIds === undefined ? Prisma.empty : Prisma.sql`AND r.group_id = ANY(${[...groupIds]}::uuid[])`;
  return Prisma.sql`r.project = ${project} ${ofGroups} AND r.received_at >= ${from} AND r.received_at < ${to}
    AND ${reportCondition(query, names)}`;
}
