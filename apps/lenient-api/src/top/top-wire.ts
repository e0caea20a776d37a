import { GroupStatus } from '@crashkeep/lenient-store';
import { OsName, ScreenedTextWire } from '@crashkeep/report';
import { z } from 'zod';
import { TimeQuery } from '../http/time-asked.js';
import { Instant, Limit, ProjectQuery } from '../http/words.js';
import { SearchText } from '../search/search-wire.js';

const count = z.int().min(0);

export const TopQuery = ProjectQuery.extend({
  ...TimeQuery.shape,
  q: SearchText,
  /** Rows before the first one: 0 is the top. */
  skip: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: Limit,
});

export const InstallsAnswer = z
  .object({
    count,
    /** False: an estimate, mostly within 6 percent. */
    exact: z.boolean(),
  })
  .meta({ id: 'Installs' });

export const TopCrasherAnswer = z
  .object({
    id: z.uuid(),
    signature: ScreenedTextWire,
    rank: z.int().min(1),
    /** In the time before; null where it had none then. */
    rank_before: z.int().min(1).nullable(),
    count,
    count_before: count,
    /** Null where no client told. */
    installs: InstallsAnswer.nullable(),
    first_seen: Instant,
    last_seen: Instant,
    /** Most frequent first, at most five. */
    versions: ScreenedTextWire.array(),
    os: OsName.array(),
    /** Reports a day, oldest first. */
    trend: count.array(),
    status: GroupStatus,
    fixed_in: ScreenedTextWire.nullable(),
    owner_id: z.uuid().nullable(),
    is_new: z.boolean(),
    is_regressed: z.boolean(),
    is_rising: z.boolean(),
  })
  .meta({ id: 'TopCrasher' });

export const TopAnswer = z
  .object({
    /** Days (UTC); both belong to the time. */
    from: z.iso.date(),
    to: z.iso.date(),
    groups: count,
    reports: count,
    reports_before: count,
    /** False: the search names what no counter knows, and only the newest reports were counted. */
    complete: z.boolean(),
    crashers: TopCrasherAnswer.array(),
    /** Whether rows follow. */
    more: z.boolean(),
  })
  .meta({ id: 'TopCrashers' });
