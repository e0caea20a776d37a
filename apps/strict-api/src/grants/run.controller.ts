import { type GrantId, GrantIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { GrantView, NoBody } from '../wire/grants.js';
import { findVisibleGrant } from './find-grant.js';
import { grantView } from './grant-view.js';
import { endNow, openGrant } from './run.js';

type Nothing = z.infer<typeof NoBody>;

/** Opening a grant and ending it. */
@Controller('api/v1/grants/:id')
export class RunController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Post('activate')
  @Policy({ door: 'session' })
  @Answers(GrantView, 'Open: its minutes run from now.')
  async activate(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Body({ schema: NoBody }) _body: Nothing,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    await openGrant(this.#room, actor, await findVisibleGrant(this.#room, actor, id));
    return grantView(this.#room, actor, await findVisibleGrant(this.#room, actor, id));
  }

  @Post('withdraw')
  @Policy({ door: 'session' })
  @Answers(GrantView, 'Withdrawn by who asked.')
  withdraw(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Body({ schema: NoBody }) _body: Nothing,
  ): Promise<unknown> {
    return this.#end(caller, id, 'withdraw');
  }

  @Post('close')
  @Policy({ door: 'session' })
  @Answers(GrantView, 'Closed by who read.')
  close(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Body({ schema: NoBody }) _body: Nothing,
  ): Promise<unknown> {
    return this.#end(caller, id, 'close');
  }

  @Post('revoke')
  @Policy({ door: 'session' })
  @Answers(GrantView, 'Revoked: the next read is refused.')
  revoke(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Body({ schema: NoBody }) _body: Nothing,
  ): Promise<unknown> {
    return this.#end(caller, id, 'revoke');
  }

  async #end(caller: Caller, id: GrantId, ending: Parameters<typeof endNow>[3]): Promise<unknown> {
    const actor = actorOf(caller);
    await endNow(this.#room, actor, await findVisibleGrant(this.#room, actor, id), ending);
    return grantView(this.#room, actor, await findVisibleGrant(this.#room, actor, id));
  }
}
