import { type Project, changeProject, createProject, findProject } from '@crashkeep/identity';
import { PersonIdText } from '@crashkeep/ids';
import { findUploadCounts } from '@crashkeep/lenient-store';
import { appendLeaf } from '@crashkeep/ledger';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers } from '../http/answers.js';
import { consoleProblem } from '../http/console-error.js';
import { instantText } from '../http/words.js';
import { mayOperate, personOf, requireOperate, requireRead } from '../rights.js';
import {
  HealthAnswer,
  HealthQuery,
  NewProjectBody,
  ProjectPatch,
  ProjectPath,
  SettingsAnswer,
} from './project-wire.js';

/** Projects, how they answer, and what became of what was sent to them. */
@Controller('api/v1/projects')
export class ProjectSettingsController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Post()
  @Policy({ door: 'session' })
  @Answers(SettingsAnswer, 'The project is there. An operator or admin of all projects may make one.', 201)
  async make(
    @CurrentCaller() caller: Caller,
    @Body({ schema: NewProjectBody }) body: z.infer<typeof NewProjectBody>,
  ): Promise<z.input<typeof SettingsAnswer>> {
    const me = personOf(caller);
    if (!mayOperate(me, '*')) throw refused.forbidden();
    const { id, name, answer_style: answerStyle, preset, lenient_days: lenientDays } = body;
    const by = PersonIdText.parse(me.personId);
    await this.#console.identity.transaction(async (rows) => {
      const made = await createProject(rows, { id, name, answerStyle, preset, lenientDays });
      if (!made) throw consoleProblem('console.project-taken');
      const leaf = { act: 'project.made', project: id, by, answerStyle, preset, lenientDays } as const;
      await appendLeaf(rows, 'lenient-api', leaf);
    });
    return this.#settings(caller, { project: id });
  }

  @Get(':project')
  @Policy({ door: 'session' })
  @Answers(SettingsAnswer, 'How the project answers, and how long it keeps what.')
  async settings(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) path: z.infer<typeof ProjectPath>,
  ): Promise<z.input<typeof SettingsAnswer>> {
    return this.#settings(caller, path);
  }

  @Patch(':project')
  @Policy({ door: 'session' })
  @Answers(SettingsAnswer, 'As it stands now.')
  async change(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) { project }: z.infer<typeof ProjectPath>,
    @Body({ schema: ProjectPatch }) body: z.infer<typeof ProjectPatch>,
  ): Promise<z.input<typeof SettingsAnswer>> {
    const me = personOf(caller);
    requireOperate(me, project);
    const by = PersonIdText.parse(me.personId);
    const { name, answer_style: answerStyle, preset, lenient_days: lenientDays } = body;
    const change = {
      ...(name !== undefined && { name }),
      ...(answerStyle !== undefined && { answerStyle }),
      ...(preset !== undefined && { preset }),
      ...(lenientDays !== undefined && { lenientDays }),
    };
    await this.#console.identity.transaction(async (rows) => {
      if (Object.keys(change).length > 0) await changeProject(rows, project, change);
      const now = await findProject(rows, project);
      if (now === null) throw refused.notFound();
      await appendLeaf(rows, 'lenient-api', { act: 'project.changed', project, by, ...partsOf(now) });
    });
    return this.#settings(caller, { project });
  }

  @Get(':project/health')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(HealthAnswer, 'Uploads by hour: accepted, deferred, throttled, refused, and why.')
  async health(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ProjectPath }) { project }: z.infer<typeof ProjectPath>,
    @Query({ schema: HealthQuery }) { hours }: z.infer<typeof HealthQuery>,
  ): Promise<z.input<typeof HealthAnswer>> {
    requireRead(caller, project);
    const found = await findUploadCounts(this.#console.store.rows, project, hours);
    return { hours: found.map((it) => ({ ...it, hour: instantText(it.hour) })) };
  }

  async #settings(caller: Caller, { project }: z.infer<typeof ProjectPath>): Promise<z.input<typeof SettingsAnswer>> {
    requireRead(caller, project);
    const found = await findProject(this.#console.identity.rows, project);
    if (found === null) throw refused.notFound();
    const { id, name, answerStyle, preset, rawDays, lenientDays } = found;
    const days = { raw_days: rawDays, lenient_days: lenientDays };
    return { id, name, answer_style: answerStyle, preset, ...days, mine: mayOperate(personOf(caller), project) };
  }
}

const partsOf = ({ answerStyle, preset, lenientDays }: Project) => ({ answerStyle, preset, lenientDays });
