import { NameText } from '@crashkeep/identity';
import { PersonIdText } from '@crashkeep/ids';
import { VIEW_PAGES, changeSavedView, findSavedViews, findViewProject, saveView } from '@crashkeep/lenient-store';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { MadeAnswer } from '../crashes/group-wire.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { ProjectQuery } from '../http/words.js';
import { mayManage, personOf, requireManage, requireRead } from '../rights.js';

/** The address bar's part after `?`, without project: what our own pages write there. */
const ViewState = z
  .string()
  .max(2000)
  .regex(/^[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*$/);
const ViewChange = z.object({ name: NameText, state: ViewState });
const ViewBody = ProjectQuery.extend({ ...ViewChange.shape, page: z.enum(VIEW_PAGES), shared: z.boolean() });
const ViewPath = z.object({ id: z.uuid() });

const ViewAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    page: z.enum(VIEW_PAGES),
    state: z.string(),
    shared: z.boolean(),
    mine: z.boolean(),
  })
  .meta({ id: 'SavedView' });
const ViewsAnswer = z.object({ views: ViewAnswer.array() });

/** Searches under a name: a person's own, and those of everybody in a project. */
@Controller('api/v1/views')
export class ViewsController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(ViewsAnswer, "The caller's own views of a project and the shared ones, by name.")
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ProjectQuery }) { project }: z.infer<typeof ProjectQuery>,
  ): Promise<z.input<typeof ViewsAnswer>> {
    const { personId } = personOf(caller);
    requireRead(caller, project);
    const views = await findSavedViews(this.#console.store.rows, project, PersonIdText.parse(personId));
    return {
      views: views.map(({ id, name, page, state, shared, madeBy }) => {
        return { id, name, page, state, shared, mine: madeBy === personId };
      }),
    };
  }

  @Post()
  @Policy({ door: 'session' })
  @Answers(MadeAnswer, 'The view is kept. Whoever may manage the project may share it.', 201)
  async save(
    @CurrentCaller() caller: Caller,
    @Body({ schema: ViewBody }) { project, ...view }: z.infer<typeof ViewBody>,
  ): Promise<z.input<typeof MadeAnswer>> {
    const me = personOf(caller);
    requireRead(me, project);
    if (view.shared) requireManage(me, project);
    const by = PersonIdText.parse(me.personId);
    return { id: await answering(() => saveView(this.#console.store.rows, project, by, view)) };
  }

  @Patch(':id')
  @Policy({ door: 'session' })
  @AnswersNothing('The view has another name or state.')
  async change(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ViewPath }) { id }: z.infer<typeof ViewPath>,
    @Body({ schema: ViewChange }) change: z.infer<typeof ViewChange>,
  ): Promise<void> {
    await this.#change(caller, id, change);
  }

  @Delete(':id')
  @Policy({ door: 'session' })
  @AnswersNothing('The view is gone.')
  async remove(
    @CurrentCaller() caller: Caller,
    @Param({ schema: ViewPath }) { id }: z.infer<typeof ViewPath>,
  ): Promise<void> {
    await this.#change(caller, id, null);
  }

  async #change(caller: Caller, id: string, change: z.infer<typeof ViewChange> | null): Promise<void> {
    const me = personOf(caller);
    const person = PersonIdText.parse(me.personId);
    const { rows } = this.#console.store;
    const project = await findViewProject(rows, id, person);
    if (project === null) throw refused.notFound();
    requireRead(me, project);
    await answering(() => changeSavedView(rows, id, { project, person, manages: mayManage(me, project) }, change));
  }
}
