import { DumpIdText } from '@crashkeep/ids';
import { DumpState, GROUP_SORTS } from '@crashkeep/lenient-store';
import { CpuName, DumpFailure, LenientReport, OsName, ScreenSummary, ScreenedTextWire } from '@crashkeep/report';
import { z } from 'zod';
import { Cursor, Instant, Limit, ProjectQuery } from '../http/words.js';

const text = ScreenedTextWire.nullable();
const count = z.int().min(0);

export const GroupAnswer = z
  .object({
    id: z.uuid(),
    signature: ScreenedTextWire,
    count,
    first_seen: Instant,
    last_seen: Instant,
    /** Most frequent first, at most five. */
    versions: ScreenedTextWire.array(),
    os: OsName.array(),
    /** Reports a day (UTC), oldest first; the last is today. */
    trend: count.array(),
  })
  .meta({ id: 'CrashGroup' });

export const GroupsAnswer = z.object({ groups: GroupAnswer.array(), next: z.string().nullable() });

export const GroupsQuery = ProjectQuery.extend({
  q: z.string().max(200).optional(),
  sort: z.enum(GROUP_SORTS).optional(),
  cursor: Cursor,
  limit: Limit,
});

export const GroupPath = z.object({ id: z.uuid() });

export const ReportLineAnswer = z
  .object({
    id: DumpIdText,
    state: DumpState,
    failure: DumpFailure.nullable(),
    received_at: Instant,
    group_id: z.uuid().nullable(),
    signature: text,
    product: text,
    version: text,
    channel: text,
    os: OsName.nullable(),
    os_version: text,
    cpu: CpuName.nullable(),
    crash_reason: text,
  })
  .meta({ id: 'ReportLine' });

export const ReportsAnswer = z.object({ reports: ReportLineAnswer.array(), next: z.string().nullable() });

export const ReportsQuery = ProjectQuery.extend({ cursor: Cursor, limit: Limit });

/** An id, or the alias that a client of style hex16 was told. */
export const ReportPath = z.object({ id: z.string().min(1).max(64) });

export const ReportAnswer = z
  .object({
    id: DumpIdText,
    state: DumpState,
    failure: DumpFailure.nullable(),
    report: LenientReport.meta({ id: 'LenientReport' }).nullable(),
    life: z.object({
      received_at: Instant,
      walking_at: Instant.nullable(),
      done_at: Instant.nullable(),
      shredded_at: Instant.nullable(),
      held_until: Instant,
      dump_bytes: count,
      opened_bytes: count.nullable(),
      attachments: count,
      annotations: count,
      grants_open: count,
      grants_ended: count,
      screen: ScreenSummary.meta({ id: 'ScreenSummary' }),
    }),
    group: z.object({ id: z.uuid(), count, previous: DumpIdText.nullable(), next: DumpIdText.nullable() }).nullable(),
  })
  .meta({ id: 'Report' });
