import type { CrashGroup, ReportDetail, ReportLine, ReportsPage } from '@crashkeep/lenient-store';
import type { z } from 'zod';
import { instantOrNull, instantText } from '../http/words.js';
import type { GroupAnswer, ReportAnswer, ReportLineAnswer, ReportsAnswer } from './crash-wire.js';

/** Rows as the wire names them, field by field. */
export const groupAnswer = (group: CrashGroup): z.input<typeof GroupAnswer> => ({
  id: group.id,
  signature: group.signature,
  count: group.count,
  first_seen: instantText(group.firstSeen),
  last_seen: instantText(group.lastSeen),
  versions: [...group.versions],
  os: [...group.os],
  trend: [...group.trend],
});

export const lineAnswer = (line: ReportLine): z.input<typeof ReportLineAnswer> => ({
  id: line.id,
  state: line.state,
  failure: line.failure,
  received_at: instantText(line.receivedAt),
  group_id: line.groupId,
  signature: line.signature,
  product: line.product,
  version: line.version,
  channel: line.channel,
  os: line.os,
  os_version: line.osVersion,
  cpu: line.cpu,
  crash_reason: line.crashReason,
});

export const reportsAnswer = ({ reports, next }: ReportsPage): z.input<typeof ReportsAnswer> => ({
  reports: reports.map(lineAnswer),
  next,
});

export const reportAnswer = ({
  id,
  state,
  failure,
  report,
  life,
  group,
}: ReportDetail): z.input<typeof ReportAnswer> => ({
  id,
  state,
  failure,
  report,
  life: {
    received_at: instantText(life.receivedAt),
    walking_at: instantOrNull(life.walkingAt),
    done_at: instantOrNull(life.doneAt),
    shredded_at: instantOrNull(life.shreddedAt),
    held_until: instantText(life.heldUntil),
    dump_bytes: life.dumpBytes,
    opened_bytes: life.openedBytes,
    attachments: life.attachments,
    annotations: life.annotations,
    grants_open: life.grantsOpen,
    grants_ended: life.grantsEnded,
    screen: life.screen,
  },
  group: group && { id: group.id, count: group.count, previous: group.previous, next: group.next },
});
