import { type Actor, mayDo } from '@crashkeep/access';
import { type GrantId, GrantIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { listGrants } from '@crashkeep/strict-store';
import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { PAGE_SIZE, cursorOf, parseCursor } from '../http/page-cursor.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { EditBody, GrantList, GrantQuery, GrantView, RequestBody } from '../wire/grants.js';
import { findVisibleGrant } from './find-grant.js';
import { grantBriefs, grantView } from './grant-view.js';
import { editRequest, requestGrant } from './request.js';

/** Asking for bytes, and looking at what was asked. */
@Controller('api/v1/grants')
export class GrantsController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Post()
  @Policy({ door: 'session' })
  @Answers(GrantView, 'Requested; security decides.', 201)
  async request(
    @CurrentCaller() caller: Caller,
    @Body({ schema: RequestBody }) body: z.infer<typeof RequestBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    return this.#view(actor, await requestGrant(this.#room, actor, body));
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(GrantList, 'Newest first.')
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: GrantQuery }) query: z.infer<typeof GrantQuery>,
  ): Promise<unknown> {
    const found = await listGrants(this.#room.strict.rows, filterFor(actorOf(caller), query), PAGE_SIZE + 1);
    const page = found.slice(0, PAGE_SIZE);
    const last = found.length > PAGE_SIZE ? page.at(-1) : undefined;
    return { grants: await grantBriefs(this.#room, page), next: last === undefined ? null : cursorOf(last) };
  }

  @Get(':id')
  @Policy({ door: 'session' })
  @Answers(GrantView, 'A grant, and what you may do with it.')
  async find(@CurrentCaller() caller: Caller, @Param('id', { schema: GrantIdText }) id: GrantId): Promise<unknown> {
    return this.#view(actorOf(caller), id);
  }

  @Put(':id')
  @Policy({ door: 'session' })
  @Answers(GrantView, 'Asked anew; approvals of the version before are void.')
  async edit(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Body({ schema: EditBody }) body: z.infer<typeof EditBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    await editRequest(this.#room, actor, await findVisibleGrant(this.#room, actor, id), body);
    return this.#view(actor, id);
  }

  async #view(actor: Actor, id: GrantId): Promise<unknown> {
    return grantView(this.#room, actor, await findVisibleGrant(this.#room, actor, id));
  }
}

type Filter = Parameters<typeof listGrants>[1];

function filterFor(actor: Actor, query: z.infer<typeof GrantQuery>): Filter {
  const { project, dump, view, state } = query;
  const projects = actor.roles.map((held) => held.project);
  const seen = projects.filter((it) => mayDo(actor, 'grant.see', { project: it }));
  const decided = projects.filter((it) => mayDo(actor, 'grant.decide', { project: it }));
  const toDecide = view === 'to-decide';
  return {
    visibleTo: { person: actor.person, projects: toDecide ? decided : seen },
    ...{ project, dump, before: parseCursor(query.cursor) },
    requester: view === 'mine' ? actor.person : undefined,
    notRequester: toDecide ? actor.person : undefined,
    states: toDecide ? ['requested'] : state,
  };
}
