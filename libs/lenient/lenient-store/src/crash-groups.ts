import type { ProjectId } from '@crashkeep/ids';
import { type ScreenedText, ScreenedTextWire } from '@crashkeep/report';
import { Prisma } from './generated/client.js';
import { type GroupFigures, figuresOf } from './group-figures.js';
import type { LenientRows } from './lenient-store.js';
import { LenientStoreError } from './lenient-store-error.js';
import {
  COUNT_KEY,
  INSTANT_KEY,
  PAGE_DEFAULT,
  type PagePlace,
  pageCursor,
  pageOf,
  parsePageCursor,
} from './page-cursor.js';

export const GROUP_SORTS = ['count', 'last_seen', 'first_seen'] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

export interface CrashGroup extends GroupFigures {
  readonly id: string;
  readonly project: ProjectId;
  readonly signature: ScreenedText;
  readonly count: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

export interface GroupsAsked {
  readonly project: ProjectId;
  /** Part of the signature, in any case. */
  readonly q?: string | undefined;
  readonly sort?: GroupSort | undefined;
  readonly cursor?: string | undefined;
  readonly size?: number | undefined;
}

interface GroupRow {
  id: string;
  project: string;
  signature: string;
  count: bigint;
  first_seen: Date;
  last_seen: Date;
}

const COLUMNS = Prisma.sql`id, project, signature, count, first_seen, last_seen`;

/** Biggest, latest or newest first. Throws `lenient-store.bad-cursor`. */
export async function findGroups(
  rows: LenientRows,
  asked: GroupsAsked,
): Promise<{ readonly groups: CrashGroup[]; readonly next: string | null }> {
  const { project, q = '', sort = 'count', cursor, size = PAGE_DEFAULT } = asked;
  const after = cursor === undefined ? Prisma.empty : afterPlace(sort, cursor);
  const matching = q === '' ? Prisma.empty : Prisma.sql`AND position(lower(${q}) IN lower(signature)) > 0`;
  const column = COLUMN[sort];
  const found = await rows.$queryRaw<GroupRow[]>`SELECT ${COLUMNS} FROM lenient.crash_group
    WHERE project = ${project} AND count > 0 ${matching} ${after} ORDER BY ${column} DESC, id DESC LIMIT ${size + 1}::int`;
  const page = pageOf(found, size, (last) => pageCursor(sortKey(last, sort), last.id));
  return { groups: await withFigures(rows, page.rows), next: page.next };
}

/** Null where there is none in these projects. */
export async function findGroup(
  rows: LenientRows,
  id: string,
  projects: readonly ProjectId[],
): Promise<CrashGroup | null> {
  const found = await rows.$queryRaw<GroupRow[]>`SELECT ${COLUMNS} FROM lenient.crash_group
    WHERE id = ${id}::uuid AND project = ANY(${[...projects]}::text[]) AND count > 0`;
  const [group] = await withFigures(rows, found);
  return group ?? null;
}

const COLUMN: Readonly<Record<GroupSort, Prisma.Sql>> = {
  count: Prisma.sql`count`,
  last_seen: Prisma.sql`last_seen`,
  first_seen: Prisma.sql`first_seen`,
};

function afterPlace(sort: GroupSort, cursor: string): Prisma.Sql {
  const place: PagePlace | null = parsePageCursor(cursor, sort === 'count' ? COUNT_KEY : INSTANT_KEY);
  if (place === null) throw new LenientStoreError('lenient-store.bad-cursor');
  const [key, id] = place;
  return sort === 'count'
    ? Prisma.sql`AND (count, id) < (${key}::bigint, ${id}::uuid)`
    : Prisma.sql`AND (${COLUMN[sort]}, id) < (${key}::timestamptz, ${id}::uuid)`;
}

const sortKey = (row: GroupRow, sort: GroupSort): string =>
  sort === 'count' ? row.count.toString() : row[sort].toISOString();

async function withFigures(rows: LenientRows, found: readonly GroupRow[]): Promise<CrashGroup[]> {
  const figures = await figuresOf(
    rows,
    found.map((it) => it.id),
  );
  return found.map((row) => ({
    id: row.id,
    project: row.project as ProjectId,
    signature: ScreenedTextWire.parse(row.signature),
    count: Number(row.count),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    ...figures(row.id),
  }));
}
