import type { ProjectId } from '@crashkeep/ids';
import { CpuName, DumpFailure, OsName, ScreenedTextWire } from '@crashkeep/report';
import { z } from 'zod';
import { Prisma } from './generated/client.js';
import { DumpState, dumpStateOf } from './dump-stage.js';
import type { LenientRows } from './lenient-store.js';
import { LenientStoreError } from './lenient-store-error.js';
import { INSTANT_KEY, PAGE_DEFAULT, pageCursor, pageOf, parsePageCursor } from './page-cursor.js';

const text = ScreenedTextWire.nullable();

/** A line of a list: a dump, walked or not yet. */
const ReportLine = z.object({
  id: z.uuid(),
  state: DumpState,
  failure: DumpFailure.nullable(),
  receivedAt: z.date(),
  groupId: z.uuid().nullable(),
  signature: text,
  product: text,
  version: text,
  channel: text,
  os: OsName.nullable(),
  osVersion: text,
  cpu: CpuName.nullable(),
  crashReason: text,
});
export type ReportLine = z.infer<typeof ReportLine>;

export interface LineRow {
  id: string;
  stage: string;
  failure: string | null;
  received_at: Date;
  group_id: string | null;
  signature: string | null;
  product: string | null;
  version: string | null;
  channel: string | null;
  os: string | null;
  os_version: string | null;
  cpu: string | null;
  crash_reason: string | null;
}

export interface ReportsPage {
  readonly reports: readonly ReportLine[];
  readonly next: string | null;
}

export interface PageAsked {
  readonly cursor?: string | undefined;
  readonly size?: number | undefined;
}

export const LINE_COLUMNS = Prisma.sql`r.group_id, r.signature, r.product, r.version, r.channel, r.os, r.os_version, r.cpu, r.crash_reason`;

/** A project's dumps, newest first, with those that are queued, walking or failed. Throws `lenient-store.bad-cursor`. */
export async function findReports(rows: LenientRows, project: ProjectId, asked: PageAsked): Promise<ReportsPage> {
  const { size = PAGE_DEFAULT } = asked;
  const after = afterPlace(asked.cursor, Prisma.sql`s.received_at`, Prisma.sql`s.dump_id`);
  return linesOf(
    await rows.$queryRaw<
      LineRow[]
    >`SELECT s.dump_id AS id, s.stage::text AS stage, s.failure, s.received_at, ${LINE_COLUMNS}
      FROM lenient.dump_state AS s LEFT JOIN lenient.report AS r ON r.id = s.dump_id
        AND r.received_at = date_trunc('second', s.received_at)
      WHERE s.project = ${project} ${after} ORDER BY s.received_at DESC, s.dump_id DESC LIMIT ${size + 1}::int`,
    size,
  );
}

/** Reports of a group and of those merged into it, newest first. The caller has made sure that they may be seen. */
export async function findGroupReports(
  rows: LenientRows,
  groupIds: readonly string[],
  asked: PageAsked,
): Promise<ReportsPage> {
  const { size = PAGE_DEFAULT } = asked;
  const after = afterPlace(asked.cursor, Prisma.sql`r.received_at`, Prisma.sql`r.id`);
  return linesOf(
    await rows.$queryRaw<
      LineRow[]
    >`SELECT r.*, coalesce(s.stage::text, 'done') AS stage, s.failure FROM unnest(${[...groupIds]}::uuid[]) AS asked (id),
        LATERAL (SELECT r.id, r.received_at, ${LINE_COLUMNS} FROM lenient.report AS r WHERE r.group_id = asked.id ${after}
          ORDER BY r.received_at DESC, r.id DESC LIMIT ${size + 1}::int) AS r
      LEFT JOIN lenient.dump_state AS s ON s.dump_id = r.id ORDER BY r.received_at DESC, r.id DESC LIMIT ${size + 1}::int`,
    size,
  );
}

export function afterPlace(cursor: string | undefined, instant: Prisma.Sql, id: Prisma.Sql): Prisma.Sql {
  if (cursor === undefined) return Prisma.empty;
  const place = parsePageCursor(cursor, INSTANT_KEY);
  if (place === null) throw new LenientStoreError('lenient-store.bad-cursor');
  return Prisma.sql`AND (${instant}, ${id}) < (${place[0]}::timestamptz, ${place[1]}::uuid)`;
}

export function linesOf(found: readonly LineRow[], size: number): ReportsPage {
  const page = pageOf(found, size, (last) => pageCursor(last.received_at.toISOString(), last.id));
  return { reports: page.rows.map(lineOf), next: page.next };
}

const lineOf = (row: LineRow): ReportLine =>
  ReportLine.parse({
    id: row.id,
    state: dumpStateOf(row.stage, row.group_id !== null),
    failure: row.failure,
    receivedAt: row.received_at,
    groupId: row.group_id,
    signature: row.signature,
    product: row.product,
    version: row.version,
    channel: row.channel,
    os: row.os,
    osVersion: row.os_version,
    cpu: row.cpu,
    crashReason: row.crash_reason,
  });
