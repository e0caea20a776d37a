import { findProject, listPeople, type Person } from '@crashkeep/identity';
import { PersonIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy, type SignedIn, refused } from '@crashkeep/platform';
import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { mayRead, personOf, requireManage } from '../rights.js';
import { changeRoles, membershipsOf } from './change-roles.js';
import { invite } from './invite.js';
import { InviteAnswer, InviteBody, PeopleAnswer, PersonPath, RolesBody } from './people-wire.js';

/** Who may read reports, and who may ask for more. */
@Controller('api/v1/people')
export class PeopleController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(PeopleAnswer, 'People of the projects that the caller is in.')
  async list(@CurrentCaller() caller: Caller): Promise<z.input<typeof PeopleAnswer>> {
    const me = personOf(caller);
    const people = await listPeople(this.#console.identity.rows);
    return { people: people.filter((it) => !it.disabled && sees(me, it)).map((it) => personAnswer(me, it)) };
  }

  @Post()
  @Policy({ door: 'session' })
  @Answers(InviteAnswer, 'A link that works once, told in this answer only.', 201)
  async invite(
    @CurrentCaller() caller: Caller,
    @Body({ schema: InviteBody }) body: z.infer<typeof InviteBody>,
  ): Promise<z.input<typeof InviteAnswer>> {
    const me = personOf(caller);
    requireManage(me, body.project);
    const { identity, origins } = this.#console;
    const by = PersonIdText.parse(me.personId);
    const { secret } = await answering(() =>
      identity.transaction(async (rows) => {
        if ((await findProject(rows, body.project)) === null) throw refused.notFound();
        return invite(rows, by, body);
      }),
    );
    // In the fragment: browsers do not send it, so no log of a proxy has it.
    return { link: `${origins.console}/invitation#${secret}` };
  }

  @Patch(':id')
  @Policy({ door: 'session' })
  @AnswersNothing('The roles are as asked.')
  async changeRoles(
    @CurrentCaller() caller: Caller,
    @Param({ schema: PersonPath }) { id }: z.infer<typeof PersonPath>,
    @Body({ schema: RolesBody }) { roles }: z.infer<typeof RolesBody>,
  ): Promise<void> {
    const me = personOf(caller);
    await answering(() => this.#console.identity.transaction((rows) => changeRoles(rows, me, id, roles)));
  }
}

/** Colleagues are those of one's own projects; who is in every project sees everyone. */
const sees = (me: SignedIn, person: Person): boolean =>
  isEverywhere(me) ||
  person.id === me.personId ||
  person.roles.some((it) => it.project !== '*' && mayRead(me, it.project));

const isEverywhere = ({ roles }: SignedIn): boolean => roles.some((it) => it.project === '*');

const personAnswer = (me: SignedIn, person: Person): z.input<typeof PeopleAnswer>['people'][number] => ({
  id: person.id,
  name: person.name,
  login: person.login,
  roles: membershipsOf(person.roles).filter((it) => mayRead(me, it.project)),
  active: !person.invited,
});
