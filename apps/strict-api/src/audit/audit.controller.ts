import { personBriefs } from '@crashkeep/identity';
import { type PersonId, PersonIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { cursorOf, parseCursor } from '../http/page-cursor.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { AuditAnswer, AuditQuery } from '../wire/audit.js';
import { filterOf, noteReading, projectsToShow } from './audit-scope.js';
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
    const { rows } = this.#room.strict;
    // The look is written down before anything is shown; it will be the first line of the next one.
    await noteReading(rows, actor.person, query, false);
    const filter = { ...filterOf(query), projects, before: parseCursor(query.cursor) };
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

const personsIn = (body: Record<string, unknown>): PersonId[] =>
  ['person', 'requester', 'approver', 'by'].flatMap((field) => {
    const id = PersonIdText.safeParse(body[field]);
    return id.success ? [id.data] : [];
  });

const viewOf = ({ id, index, createdAt, process, body }: FoundLeaf): z.input<typeof AuditAnswer>['leaves'][number] => ({
  ...{ id, index, process, body },
  at: createdAt.toISOString(),
});
