import { type GrantId, GrantIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { ChallengeAnswer, ChallengeBody, DecisionBody, GrantView } from '../wire/grants.js';
import { offerDecision } from './challenge.js';
import { takeDecision } from './decision.js';
import { findVisibleGrant } from './find-grant.js';
import { grantView } from './grant-view.js';

/** Security's side: what to sign, and what was signed. */
@Controller('api/v1/grants/:id')
export class DecisionsController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Post('challenge')
  @Policy({ door: 'session' })
  @Answers(ChallengeAnswer, 'What the passkey signs: valid for five minutes, once.')
  async challenge(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Body({ schema: ChallengeBody }) body: z.infer<typeof ChallengeBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    return offerDecision(this.#room, actor, await findVisibleGrant(this.#room, actor, id), body);
  }

  @Post('decision')
  @Policy({ door: 'session' })
  @Answers(GrantView, 'Decided.')
  async decide(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Body({ schema: DecisionBody }) body: z.infer<typeof DecisionBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    await findVisibleGrant(this.#room, actor, id);
    await takeDecision(this.#room, actor, id, body);
    return grantView(this.#room, actor, await findVisibleGrant(this.#room, actor, id));
  }
}
