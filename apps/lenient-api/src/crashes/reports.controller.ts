import { findReport, findReports } from '@crashkeep/lenient-store';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { readableProjects, requireRead } from '../rights.js';
import { reportAnswer, reportsAnswer } from './crash-answers.js';
import { ReportAnswer, ReportPath, ReportsAnswer, ReportsQuery } from './crash-wire.js';

/** Dumps and what may be shown of them. */
@Controller('api/v1/reports')
export class ReportsController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get()
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(ReportsAnswer, "A page of a project's dumps, newest first, with those that are not walked yet.")
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ReportsQuery }) { project, cursor, limit }: z.infer<typeof ReportsQuery>,
  ): Promise<z.input<typeof ReportsAnswer>> {
    requireRead(caller, project);
    const { rows } = this.#console.store;
    return reportsAnswer(await answering(() => findReports(rows, project, { cursor, size: limit })));
  }

  @Get(':id')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(ReportAnswer, "A dump's state, its report once it is walked, its life, and its place in its group.")
  async one(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ReportPath }) { id }: z.infer<typeof ReportPath>,
  ): Promise<z.input<typeof ReportAnswer>> {
    const found = await findReport(this.#console.store.rows, id, await readableProjects(this.#console, caller));
    if (found === null) throw refused.notFound();
    return reportAnswer(found);
  }
}
