import { completeQuery, findFacets, searchReports } from '@crashkeep/lenient-store';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { FIELD_NAMES, factsOf, parseQuery } from '@crashkeep/query';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { ReportsAnswer } from '../crashes/crash-wire.js';
import { reportsAnswer } from '../crashes/crash-answers.js';
import { Answers, AnswersListOf } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { timeAsked } from '../http/time-asked.js';
import { requireRead } from '../rights.js';
import { facetsAnswer } from './facets-answer.js';
import { exportReports } from './export-reports.js';
import {
  CompleteQuery,
  CompletionsAnswer,
  ExportQuery,
  FacetsAnswer,
  FacetsQuery,
  FieldsAnswer,
  SearchQuery,
} from './search-wire.js';

const DAYS = 30;

/** Reports by what they have. */
@Controller('api/v1/search')
export class SearchController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get()
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(ReportsAnswer, 'A page of the reports that fit, newest first; of the last 30 days where no time is given.')
  async search(
    @CurrentCaller() caller: Caller,
    @Query({ schema: SearchQuery }) asked: z.infer<typeof SearchQuery>,
  ): Promise<z.input<typeof ReportsAnswer>> {
    const { project, q, cursor, limit } = asked;
    requireRead(caller, project);
    return answering(async () => {
      const search = { project, query: parseQuery(q), ...timeAsked(asked, DAYS), cursor, size: limit };
      return reportsAnswer(await searchReports(this.#console.store.rows, search));
    });
  }

  @Get('facets')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(FacetsAnswer, 'How many reports fit, by day and by value. Exact where the counters know it.')
  async facets(
    @CurrentCaller() caller: Caller,
    @Query({ schema: FacetsQuery }) asked: z.infer<typeof FacetsQuery>,
  ): Promise<z.input<typeof FacetsAnswer>> {
    const { project, q, fields } = asked;
    requireRead(caller, project);
    return answering(async () => {
      const search = { project, query: parseQuery(q), ...timeAsked(asked, DAYS) };
      return facetsAnswer(await findFacets(this.#console.store.rows, search, fields));
    });
  }

  @Get('complete')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(CompletionsAnswer, 'What could stand at a place of a search: fields, or values that reports have.')
  async complete(
    @CurrentCaller() caller: Caller,
    @Query({ schema: CompleteQuery }) { project, q, at }: z.infer<typeof CompleteQuery>,
  ): Promise<z.input<typeof CompletionsAnswer>> {
    requireRead(caller, project);
    const place = { text: q, at: Math.min(at, q.length) };
    const { from, to, choices } = await answering(() => completeQuery(this.#console.store.rows, project, place));
    return { from, to, choices: [...choices] };
  }

  @Get('fields')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @AnswersListOf(FieldsAnswer, 'Every field that a search may name.')
  fields(): z.input<typeof FieldsAnswer>[] {
    return FIELD_NAMES.map((name) => {
      const { kind, about, choices, example } = factsOf(name);
      return { name, kind, about, choices: choices === undefined ? null : [...choices], example };
    });
  }

  @Get('export')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @ApiProduces('text/csv', 'application/json')
  @ApiResponse({
    status: 200,
    description: 'The reports that fit as a file, at most 50,000, newest first. JSON is one array of report lines.',
    content: { 'text/csv': { schema: { type: 'string' } }, 'application/json': { schema: { type: 'array' } } },
  })
  async export(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ExportQuery }) asked: z.infer<typeof ExportQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const { project, q, format } = asked;
    requireRead(caller, project);
    const { store, log } = this.#console;
    const search = await answering(() => Promise.resolve({ project, query: parseQuery(q), ...timeAsked(asked, DAYS) }));
    await answering(() => exportReports(store.rows, log, search, format, response));
  }
}
