import {
  type WholeGroup,
  findGroupInstalls,
  findGroupNotes,
  findGroupReports,
  findReport,
  findWholeGroup,
} from '@crashkeep/lenient-store';
import { refused } from '@crashkeep/platform';
import type { z } from 'zod';
import type { Console } from '../console.js';
import { instantOrNull, instantText } from '../http/words.js';
import type { SignatureAnswer, WhyAnswer } from './group-wire.js';
import { peopleNames } from './people-names.js';

const INSTALL_DAYS = 30;

export async function signatureAnswer(console: Console, group: WholeGroup): Promise<z.input<typeof SignatureAnswer>> {
  const { rows } = console.store;
  const [nameOf, notes, installs] = await Promise.all([
    peopleNames(console, [group.ownerId]),
    findGroupNotes(rows, group.members),
    findGroupInstalls(rows, group.members, INSTALL_DAYS),
  ]);
  const parts = await Promise.all(group.members.slice(1, 101).map((id) => findWholeGroup(rows, id, [group.project])));
  return {
    id: group.id,
    project: group.project,
    signature: group.signature,
    algorithm: group.algorithm,
    count: group.count,
    first_seen: instantText(group.firstSeen),
    last_seen: instantText(group.lastSeen),
    installs: installs && { count: installs.count, exact: installs.exact },
    status: group.status,
    fixed_in: group.fixedIn,
    status_at: instantOrNull(group.statusAt),
    regressed_at: instantOrNull(group.regressedAt),
    owner: nameOf(group.ownerId),
    merged_into: group.mergedInto,
    parts: parts.flatMap((it) => (it === null ? [] : [{ id: it.id, signature: it.signature, count: it.count }])),
    notes: notes.length,
  };
}

/** Each part of the signature with the frame that gave it. */
export async function whyAnswer({ store }: Console, group: WholeGroup): Promise<z.input<typeof WhyAnswer>> {
  const { reports } = await findGroupReports(store.rows, [group.id], { size: 1 });
  const newest = reports[0] && (await findReport(store.rows, reports[0].id, [group.project]));
  const report = newest?.report;
  if (report == null) throw refused.notFound();
  return {
    report: report.id,
    signature: report.signature,
    algorithm: report.signature_algorithm,
    parts: report.signature_why.map(({ why, thread, frame }) => {
      const found = report.threads[thread ?? -1]?.frames[frame ?? -1];
      return { why, thread, frame, module: found?.module ?? null, function: found?.function ?? null };
    }),
  };
}
