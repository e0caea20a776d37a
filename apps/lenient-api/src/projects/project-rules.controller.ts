import { PersonIdText } from '@crashkeep/ids';
import {
  findAnnotationRules,
  findThrottleRules,
  forecastAnnotation,
  forecastThrottle,
  proposeAnnotation,
  setThrottleRules,
  withdrawAnnotation,
} from '@crashkeep/lenient-store';
import { appendLeaf } from '@crashkeep/ledger';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { MadeAnswer } from '../crashes/group-wire.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { instantOrNull, instantText } from '../http/words.js';
import { personOf, requireManage, requireOperate, requireRead } from '../rights.js';
import {
  AnnotationBody,
  AnnotationForecastAnswer,
  AnnotationPath,
  AnnotationsAnswer,
  ForecastQuery,
  ProjectPath,
  ThrottleAnswer,
  ThrottleBody,
  ThrottleForecastAnswer,
} from './project-wire.js';

/** What a project takes, and what it wants to show. Each change is a leaf in its own transaction; forecasts are counts alone. */
@Controller('api/v1/projects/:project')
export class ProjectRulesController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get('throttle')
  @Policy({ door: 'session' })
  @Answers(ThrottleAnswer, 'Rules for uploads, in the order in which they are asked.')
  async throttle(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) { project }: z.infer<typeof ProjectPath>,
  ): Promise<z.input<typeof ThrottleAnswer>> {
    requireRead(caller, project);
    return { rules: await findThrottleRules(this.#console.store.rows, project) };
  }

  @Put('throttle')
  @Policy({ door: 'session' })
  @AnswersNothing('These rules are asked now; ingest learns of them within ten seconds.')
  async setThrottle(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) { project }: z.infer<typeof ProjectPath>,
    @Body({ schema: ThrottleBody }) { rules }: z.infer<typeof ThrottleBody>,
  ): Promise<void> {
    const me = personOf(caller);
    requireOperate(me, project);
    const by = PersonIdText.parse(me.personId);
    await this.#console.store.transaction(async (rows) => {
      await setThrottleRules(rows, project, by, rules);
      await appendLeaf(rows, 'lenient-api', { act: 'throttle-rules.set', project, by, rules });
    });
  }

  @Post('throttle/forecast')
  @HttpCode(200)
  @Policy({ door: 'session' })
  @Answers(ThrottleForecastAnswer, 'How many reports of the last days such rules would have taken: counts alone.')
  async forecastThrottle(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) { project }: z.infer<typeof ProjectPath>,
    @Query({ schema: ForecastQuery }) { days }: z.infer<typeof ForecastQuery>,
    @Body({ schema: ThrottleBody }) { rules }: z.infer<typeof ThrottleBody>,
  ): Promise<z.input<typeof ThrottleForecastAnswer>> {
    requireRead(caller, project);
    const { reports, taken, untouched } = await forecastThrottle(this.#console.store.rows, project, rules, days);
    return { reports, taken: [...taken], untouched };
  }

  @Get('annotations')
  @Policy({ door: 'session' })
  @Answers(AnnotationsAnswer, 'Annotations that the project declared, newest first.')
  async annotations(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) { project }: z.infer<typeof ProjectPath>,
  ): Promise<z.input<typeof AnnotationsAnswer>> {
    requireRead(caller, project);
    const found = await findAnnotationRules(this.#console.store.rows, project);
    return {
      annotations: found.map(({ id, name, terms, why, state, madeAt, signedAt }) => {
        return { id, name, terms, why, state, made_at: instantText(madeAt), signed_at: instantOrNull(signedAt) };
      }),
    };
  }

  @Get('annotations/forecast')
  @Policy({ door: 'session' })
  @Answers(AnnotationForecastAnswer, 'How many dumps of the last days a declared annotation could touch.')
  async forecastAnnotation(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) { project }: z.infer<typeof ProjectPath>,
    @Query({ schema: ForecastQuery }) { days }: z.infer<typeof ForecastQuery>,
  ): Promise<z.input<typeof AnnotationForecastAnswer>> {
    requireRead(caller, project);
    const { dumps, withAnnotations } = await forecastAnnotation(this.#console.store.rows, project, days);
    return { dumps, with_annotations: withAnnotations };
  }

  @Post('annotations')
  @Policy({ door: 'session' })
  @Answers(MadeAnswer, 'Proposed. It shows nothing until it is signed in the reading room.', 201)
  async propose(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) { project }: z.infer<typeof ProjectPath>,
    @Body({ schema: AnnotationBody }) body: z.infer<typeof AnnotationBody>,
  ): Promise<z.input<typeof MadeAnswer>> {
    const me = personOf(caller);
    requireManage(me, project);
    const by = PersonIdText.parse(me.personId);
    const { name, terms } = body;
    const id = await answering(() =>
      this.#console.store.transaction(async (rows) => {
        const rule = await proposeAnnotation(rows, project, by, body);
        const leaf = { act: 'annotation.proposed', project, by, rule, name, type: terms.type } as const;
        await appendLeaf(rows, 'lenient-api', leaf);
        return rule;
      }),
    );
    return { id };
  }

  @Delete('annotations/:id')
  @Policy({ door: 'session' })
  @AnswersNothing('Withdrawn: reports to come do not show it.')
  async withdraw(
    @CurrentCaller() caller: Caller,
    @Param({ schema: AnnotationPath }) { project, id }: z.infer<typeof AnnotationPath>,
  ): Promise<void> {
    const me = personOf(caller);
    requireManage(me, project);
    const by = PersonIdText.parse(me.personId);
    await answering(() =>
      this.#console.store.transaction(async (rows) => {
        const name = await withdrawAnnotation(rows, project, id);
        await appendLeaf(rows, 'lenient-api', { act: 'annotation.withdrawn', project, by, rule: id, name });
      }),
    );
  }
}
