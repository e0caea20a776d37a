import { listProjects } from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { FIELD_DICTIONARY } from '@crashkeep/report';
import { Controller, Get, Inject } from '@nestjs/common';
import { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers, AnswersListOf } from '../http/answers.js';
import { mayRead } from '../rights.js';

const ProjectAnswer = z.object({ id: ProjectIdText, name: z.string() }).meta({ id: 'Project' });

const PlacesAnswer = z.object({ room: z.url(), ingest: z.url() });

const FieldAnswer = z
  .object({ path: z.string(), source: z.string(), type: z.string(), bounds: z.string(), safe: z.string() })
  .meta({ id: 'Field' });

/** What a caller can look at, and where the other doors are. */
@Controller('api/v1')
export class ProjectsController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get('projects')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @AnswersListOf(ProjectAnswer, 'Projects that the caller may read.')
  async projects(@CurrentCaller() caller: Caller): Promise<z.input<typeof ProjectAnswer>[]> {
    const projects = await listProjects(this.#console.identity.rows);
    return projects.filter((it) => mayRead(caller, it.id)).map(({ id, name }) => ({ id, name }));
  }

  @Get('places')
  @Policy({ door: 'session' })
  @Answers(PlacesAnswer, 'Where the reading room and ingest are.')
  places(): z.input<typeof PlacesAnswer> {
    const { room, ingest } = this.#console.origins;
    return { room, ingest };
  }

  @Get('dictionary')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @AnswersListOf(FieldAnswer, 'Each field of a report: where it comes from, its bounds, and why it may be shown.')
  dictionary(): z.input<typeof FieldAnswer>[] {
    return FIELD_DICTIONARY.map(({ path, source, type, bounds, safe }) => ({ path, source, type, bounds, safe }));
  }
}
