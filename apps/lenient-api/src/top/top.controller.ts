import { type TopCrasher, topCrashers } from '@crashkeep/lenient-store';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { parseQuery } from '@crashkeep/query';
import { OsName } from '@crashkeep/report';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { daysAsked, timeAsked } from '../http/time-asked.js';
import { instantText } from '../http/words.js';
import { requireRead } from '../rights.js';
import { TopAnswer, type TopCrasherAnswer, TopQuery } from './top-wire.js';

const DAYS = 7;

/** Which crash hurts most, and which one more than before. */
@Controller('api/v1/top')
export class TopController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get()
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(TopAnswer, 'Groups by how often they crashed in some days, beside as many days before. A week unless told.')
  async top(
    @CurrentCaller() caller: Caller,
    @Query({ schema: TopQuery }) asked: z.infer<typeof TopQuery>,
  ): Promise<z.input<typeof TopAnswer>> {
    const { project, q, skip, limit } = asked;
    requireRead(caller, project);
    return answering(async () => {
      const time = daysAsked(timeAsked(asked, DAYS));
      const search = { project, query: parseQuery(q), ...time, skip, size: limit };
      const found = await topCrashers(this.#console.store.rows, search);
      return {
        from: dayText(time.from),
        to: dayText(time.to),
        groups: found.groups,
        reports: found.reports,
        reports_before: found.reportsBefore,
        complete: found.complete,
        crashers: found.crashers.map(crasherAnswer),
        more: found.more,
      };
    });
  }
}

const dayText = (day: Date): string => day.toISOString().slice(0, 10);

const crasherAnswer = (it: TopCrasher): z.input<typeof TopCrasherAnswer> => ({
  id: it.id,
  signature: it.signature,
  rank: it.rank,
  rank_before: it.rankBefore,
  count: it.count,
  count_before: it.countBefore,
  installs: it.installs && { count: it.installs.count, exact: it.installs.exact },
  first_seen: instantText(it.firstSeen),
  last_seen: instantText(it.lastSeen),
  versions: [...it.versions],
  os: it.os.map((name) => OsName.parse(name)),
  trend: [...it.trend],
  status: it.status,
  fixed_in: it.fixedIn,
  owner_id: it.ownerId,
  is_new: it.isNew,
  is_regressed: it.isRegressed,
  is_rising: it.isRising,
});
