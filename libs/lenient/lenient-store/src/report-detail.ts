import { DumpAliasText, DumpIdText, type DumpId, type ProjectId } from '@crashkeep/ids';
import { DumpFailure, LenientReport, type ScreenSummary } from '@crashkeep/report';
import { type DumpState, dumpStateOf } from './dump-stage.js';
import type { LenientRows } from './lenient-store.js';
import { findScreenSummary } from './screen-summary.js';

/** Times and counts of a dump's life. */
export interface DumpLife {
  readonly receivedAt: Date;
  readonly walkingAt: Date | null;
  readonly doneAt: Date | null;
  readonly shreddedAt: Date | null;
  readonly heldUntil: Date;
  readonly dumpBytes: number;
  readonly openedBytes: number | null;
  readonly attachments: number;
  readonly annotations: number;
  readonly grantsOpen: number;
  readonly grantsEnded: number;
  readonly screen: ScreenSummary;
}

export interface PlaceInGroup {
  /** Of the whole, where its signature's group was merged into another. */
  readonly id: string;
  readonly count: number;
  /** The report received just before this one, and just after. */
  readonly previous: string | null;
  readonly next: string | null;
}

export interface ReportDetail {
  readonly id: DumpId;
  readonly project: ProjectId;
  readonly state: DumpState;
  readonly failure: DumpFailure | null;
  readonly report: LenientReport | null;
  readonly life: DumpLife;
  readonly group: PlaceInGroup | null;
}

interface DetailRow {
  dump_id: string;
  project: string;
  stage: string;
  failure: string | null;
  received_at: Date;
  walking_at: Date | null;
  done_at: Date | null;
  shredded_at: Date | null;
  held_until: Date;
  dump_bytes: bigint;
  opened_bytes: bigint | null;
  attachments: number;
  annotations: number;
  grants_open: number;
  grants_ended: number;
  group_id: string | null;
  report_at: Date | null;
  body: unknown;
}

/** By id or by the alias that a client of style hex16 was told. Null where there is none in these projects. */
export async function findReport(
  rows: LenientRows,
  idOrAlias: string,
  projects: readonly ProjectId[],
): Promise<ReportDetail | null> {
  const row = await findRow(rows, idOrAlias, [...projects]);
  if (row === null) return null;
  const report = row.body === null ? null : LenientReport.parse(row.body);
  return {
    id: DumpIdText.parse(row.dump_id),
    project: row.project as ProjectId,
    state: dumpStateOf(row.stage, report !== null),
    failure: DumpFailure.nullable().parse(row.failure),
    report,
    life: lifeOf(row, await findScreenSummary(rows, DumpIdText.parse(row.dump_id))),
    group: row.group_id === null ? null : await placeInGroup(rows, row.group_id, row),
  };
}

async function findRow(rows: LenientRows, idOrAlias: string, projects: string[]): Promise<DetailRow | null> {
  const id = DumpIdText.safeParse(idOrAlias.toLowerCase());
  const alias = DumpAliasText.safeParse(idOrAlias.toLowerCase());
  if (!id.success && !alias.success) return null;
  const [row] = await rows.$queryRaw<
    DetailRow[]
  >`SELECT s.dump_id, s.project, s.stage::text AS stage, s.failure, s.received_at,
      s.walking_at, s.done_at, s.shredded_at, s.held_until, s.dump_bytes, s.opened_bytes, s.attachments, s.annotations,
      s.grants_open, s.grants_ended, r.group_id, r.received_at AS report_at, r.body
    FROM lenient.dump_state AS s LEFT JOIN lenient.report AS r
      ON r.id = s.dump_id AND r.received_at = date_trunc('second', s.received_at)
    WHERE (s.dump_id = ${id.data ?? null}::uuid OR s.alias = ${alias.data ?? null}::text)
      AND s.project = ANY(${projects}::text[])`;
  return row ?? null;
}

const lifeOf = (row: DetailRow, screen: ScreenSummary): DumpLife => ({
  receivedAt: row.received_at,
  walkingAt: row.walking_at,
  doneAt: row.done_at,
  shreddedAt: row.shredded_at,
  heldUntil: row.held_until,
  dumpBytes: Number(row.dump_bytes),
  openedBytes: row.opened_bytes === null ? null : Number(row.opened_bytes),
  attachments: row.attachments,
  annotations: row.annotations,
  grantsOpen: row.grants_open,
  grantsEnded: row.grants_ended,
  screen,
});

async function placeInGroup(
  rows: LenientRows,
  groupId: string,
  { dump_id: reportId, report_at: reportAt }: Pick<DetailRow, 'dump_id' | 'report_at'>,
): Promise<PlaceInGroup> {
  const [place] = await rows.$queryRaw<{ id: string; count: bigint; previous: string | null; next: string | null }[]>`
    SELECT coalesce(g.merged_into, g.id) AS id, g.count,
      (SELECT b.id FROM lenient.report AS b WHERE b.group_id = g.id
        AND (b.received_at, b.id) < (${reportAt}::timestamptz, ${reportId}::uuid)
        ORDER BY b.received_at DESC, b.id DESC LIMIT 1) AS previous,
      (SELECT a.id FROM lenient.report AS a WHERE a.group_id = g.id
        AND (a.received_at, a.id) > (${reportAt}::timestamptz, ${reportId}::uuid)
        ORDER BY a.received_at ASC, a.id ASC LIMIT 1) AS next
    FROM lenient.crash_group AS g WHERE g.id = ${groupId}::uuid`;
  return {
    id: place?.id ?? groupId,
    count: Number(place?.count ?? 0),
    previous: place?.previous ?? null,
    next: place?.next ?? null,
  };
}
