import { type Actor, decide, mayDo } from '@crashkeep/access';
import { personBriefs } from '@crashkeep/identity';
import { type PersonId, PersonIdText, type ProjectId } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { cursorOf, parseCursor } from '../http/page-cursor.js';
import { actorOf, decideAnywhere } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { AuditAnswer, AuditQuery } from '../wire/audit.js';
import { type FoundLeaf, findLeaves } from './find-leaves.js';

const PAGE_SIZE = 100;

/** Who did what. To look is an act too. */
@Controller('api/v1/audit')
export class AuditController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(AuditAnswer, 'Leaves of the ledger, newest first.')
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: AuditQuery }) query: z.infer<typeof AuditQuery>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    const projects = projectsToShow(actor, query.project);
    const { grant, dump, person, act } = query;
    const { rows } = this.#room.strict;
    // The look is written down before anything is shown; it will be the first line of the next one.
    await appendLeaf(rows, 'strict-api', { act: 'audit.read', person: actor.person });
    const filter = { projects, grant, dump, person, act, before: parseCursor(query.cursor) };
    const found = await findLeaves(rows, filter, PAGE_SIZE + 1);
    const page = found.slice(0, PAGE_SIZE);
    const last = found.length > PAGE_SIZE ? page.at(-1) : undefined;
    return {
      leaves: page.map(viewOf),
      people: await this.#namesIn(page),
      next: last === undefined ? null : cursorOf(last),
    };
  }

  async #namesIn(leaves: readonly FoundLeaf[]): Promise<Record<string, string>> {
    const named = await personBriefs(
      this.#room.identity.rows,
      leaves.flatMap(({ body }) => personsIn(body)),
    );
    return Object.fromEntries([...named.values()].map(({ id, name }) => [id, name]));
  }
}

/** Null: all of them. Who may audit one project sees that one's leaves. */
function projectsToShow(actor: Actor, wanted: ProjectId | undefined): readonly ProjectId[] | null {
  if (wanted !== undefined) {
    decide(actor, 'audit.read', { project: wanted });
    return [wanted];
  }
  decideAnywhere(actor, 'audit.read');
  const mine = actor.roles.map(({ project }) => project).filter((project) => mayDo(actor, 'audit.read', { project }));
  return mine.includes('*') ? null : mine.filter((project): project is ProjectId => project !== '*');
}

const personsIn = (body: Record<string, unknown>): PersonId[] =>
  ['person', 'requester', 'approver', 'by'].flatMap((field) => {
    const id = PersonIdText.safeParse(body[field]);
    return id.success ? [id.data] : [];
  });

const viewOf = ({ id, createdAt, process, body }: FoundLeaf): z.input<typeof AuditAnswer>['leaves'][number] => ({
  ...{ id, process, body },
  at: createdAt.toISOString(),
});
