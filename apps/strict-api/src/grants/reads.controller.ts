import { type GrantId, GrantIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { findLeaves } from '../audit/find-leaves.js';
import { Answers } from '../http/answers.js';
import { PAGE_SIZE, cursorOf, parseCursor } from '../http/page-cursor.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { GrantReads, ReadsQuery } from '../wire/grants.js';
import { findVisibleGrant } from './find-grant.js';
import { readViewOf } from './read-view.js';

/** What was read under a grant, and what was refused. */
@Controller('api/v1/grants/:id/reads')
export class ReadsController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(GrantReads, 'Newest first; each is a leaf of the ledger.')
  async list(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Query({ schema: ReadsQuery }) query: z.infer<typeof ReadsQuery>,
  ): Promise<unknown> {
    const grant = await findVisibleGrant(this.#room, actorOf(caller), id);
    const filter = { projects: null, grant: id, act: ['grant.read', 'read.denied'], before: parseCursor(query.cursor) };
    const found = await findLeaves(this.#room.strict.rows, filter, PAGE_SIZE + 1);
    const page = found.slice(0, PAGE_SIZE);
    const last = found.length > PAGE_SIZE ? page.at(-1) : undefined;
    return {
      reads: page.map((leaf) => readViewOf(leaf, grant.ranges)),
      next: last === undefined ? null : cursorOf(last),
    };
  }
}
