import { type CrashGroup, findGroup, findGroupReports, findGroups, searchReports } from '@crashkeep/lenient-store';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { parseQuery } from '@crashkeep/query';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { readableProjects, requireRead } from '../rights.js';
import { groupAnswer, reportsAnswer } from './crash-answers.js';
import { GroupReportsQuery } from './group-wire.js';
import { seenGroup } from './seen-group.js';
import { GroupAnswer, GroupPath, GroupsAnswer, GroupsQuery, ReportsAnswer } from './crash-wire.js';

/** After every report. */
const FAR = new Date(Date.UTC(3000, 0));

/** Crashes by signature. */
@Controller('api/v1/groups')
export class GroupsController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get()
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(GroupsAnswer, 'A page of groups, biggest, latest or newest first.')
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: GroupsQuery }) asked: z.infer<typeof GroupsQuery>,
  ): Promise<z.input<typeof GroupsAnswer>> {
    const { project, q, sort, cursor, limit } = asked;
    requireRead(caller, project);
    const { groups, next } = await answering(() =>
      findGroups(this.#console.store.rows, { project, q, sort, cursor, size: limit }),
    );
    return { groups: groups.map(groupAnswer), next };
  }

  @Get(':id')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(GroupAnswer, 'One group.')
  async one(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
  ): Promise<z.input<typeof GroupAnswer>> {
    return groupAnswer(await this.#seen(caller, id));
  }

  @Get(':id/reports')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(ReportsAnswer, "A page of the group's reports, newest first.")
  async reports(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
    @Query({ schema: GroupReportsQuery }) { q, cursor, limit }: z.infer<typeof GroupReportsQuery>,
  ): Promise<z.input<typeof ReportsAnswer>> {
    const { project, members } = await seenGroup(this.#console, caller, id);
    const { rows } = this.#console.store;
    const page = { cursor, size: limit };
    return answering(async () => {
      if (q === '') return reportsAnswer(await findGroupReports(rows, members, page));
      const search = { project, query: parseQuery(q), from: new Date(0), to: FAR, groupIds: members, ...page };
      return reportsAnswer(await searchReports(rows, search));
    });
  }

  async #seen(caller: Caller, id: string): Promise<CrashGroup> {
    const group = await findGroup(this.#console.store.rows, id, await readableProjects(this.#console, caller));
    if (group === null) throw refused.notFound();
    return group;
  }
}
