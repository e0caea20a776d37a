import type { Trust } from '@crashkeep/access';
import { type Person, findPerson, IdentityError, invitePerson, listPeople, passkeyCounts } from '@crashkeep/identity';
import { type PersonId, PersonIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { requireStepUp } from '../passkeys/ceremonies.js';
import { actorOf, decideAnywhere, personOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { InviteAnswer, InviteBody, PeopleAnswer, PersonView, RolesBody } from '../wire/people.js';
import { changeRoles, isRoomRole } from './change-roles.js';

/** As identity's links live. */
const INVITATION_MS = 24 * 3600_000;

/** Who is here, and the roles of the reading room. viewer and engineer are the console's to give. */
@Controller('api/v1/people')
export class PeopleController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(PeopleAnswer, 'Everybody, by name.')
  async list(@CurrentCaller() caller: Caller): Promise<unknown> {
    decideAnywhere(actorOf(caller), 'people.manage');
    const { rows } = this.#room.identity;
    const counts = await passkeyCounts(rows);
    const trust = await this.#room.trust.now(this.#room.strict.rows);
    return { people: (await listPeople(rows)).map((person) => viewOf(person, counts, trust)) };
  }

  @Post()
  @Policy({ door: 'session' })
  @Answers(InviteAnswer, 'Invited; the link is shown this once.', 201)
  async invite(
    @CurrentCaller() caller: Caller,
    @Body({ schema: InviteBody }) { name, login, roles }: z.infer<typeof InviteBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    decideAnywhere(actor, 'people.manage');
    await requireStepUp(this.#room, personOf(caller));
    const { personId, secret } = await this.#room.identity.transaction(async (rows) => {
      const invitation = await invitePerson(rows, actor.person, { name, login });
      const { personId: person } = invitation;
      await appendLeaf(rows, 'strict-api', { act: 'person.invited', person, by: actor.person });
      await changeRoles(this.#room, rows, actor, person, roles);
      return invitation;
    });
    const expires = new Date(Date.now() + INVITATION_MS).toISOString();
    const link = `${this.#room.party.origin}/invitation#${secret}`;
    return { person: await this.#view(personId), link, expires_at: expires };
  }

  @Put(':id/roles')
  @Policy({ door: 'session' })
  @Answers(PersonView, 'The person with the roles as they are now.')
  async setRoles(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: PersonIdText }) person: PersonId,
    @Body({ schema: RolesBody }) { roles }: z.infer<typeof RolesBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    decideAnywhere(actor, 'people.manage');
    await requireStepUp(this.#room, personOf(caller));
    await this.#view(person);
    await this.#room.identity.transaction((rows) => changeRoles(this.#room, rows, actor, person, roles));
    return this.#view(person);
  }

  async #view(id: PersonId): Promise<z.input<typeof PersonView>> {
    const { rows } = this.#room.identity;
    const person = await findPerson(rows, id);
    if (person === null) throw new IdentityError('identity.person-unknown');
    return viewOf(person, await passkeyCounts(rows), await this.#room.trust.now(this.#room.strict.rows));
  }
}

function viewOf(person: Person, counts: ReadonlyMap<PersonId, number>, trust: Trust): z.input<typeof PersonView> {
  const { id, name, login, disabled, invited } = person;
  const waiting = trust.statements.filter((it) => 'person' in it && it.person === id && !trust.counts(it.id));
  const root = trust.root?.person === id;
  return {
    ...{ id, name, login, disabled, joined: !invited, root },
    roles: person.roles.filter(isRoomRole).map(({ project, role }) => {
      const counted = trust.holds(id, role, project) || (root && role !== 'auditor');
      return { project, role, counts: counted };
    }),
    passkeys: counts.get(id) ?? 0,
    waiting: waiting.map((it) => it.id),
  };
}
