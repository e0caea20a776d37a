import { AccessError, type Actor, parseStatement } from '@crashkeep/access';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { listStatements } from '@crashkeep/strict-store';
import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Answers, AnswersNothing } from '../http/answers.js';
import { roomProblem } from '../http/room-error.js';
import { actorOf, decideAnywhere } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { SignBody, SignChallenge, SignedBody, StatementsAnswer } from '../wire/statements.js';
import { endAll } from './propose.js';
import { reevaluateGrants } from './reevaluate.js';
import { offerSigning, takeSignature } from './sign.js';
import { mayEnd, statementViews } from './statement-view.js';

/** What rights rest on, and signing it. */
@Controller('api/v1/statements')
export class StatementsController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(
    StatementsAnswer,
    'Passkeys, roles, policies, hardened devices and the keeper’s key, with whose signatures they have.',
  )
  async list(@CurrentCaller() caller: Caller): Promise<unknown> {
    const actor = actorOf(caller);
    decideAnywhere(actor, 'statement.see');
    return { statements: await statementViews(this.#room, actor) };
  }

  @Post('challenge')
  @Policy({ door: 'session' })
  @Answers(SignChallenge, 'What the passkey signs: valid for five minutes, once.')
  challenge(
    @CurrentCaller() caller: Caller,
    @Body({ schema: SignBody }) { statements }: z.infer<typeof SignBody>,
  ): Promise<unknown> {
    return offerSigning(this.#room, actorOf(caller), statements);
  }

  @Post('signatures')
  @Policy({ door: 'session' })
  @Answers(StatementsAnswer, 'Signed.')
  async sign(
    @CurrentCaller() caller: Caller,
    @Body({ schema: SignedBody }) body: z.infer<typeof SignedBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    await takeSignature(this.#room, actor, body);
    return { statements: await statementViews(this.#room, actor) };
  }

  @Delete(':id')
  @Policy({ door: 'session' })
  @AnswersNothing('Ended, and with it every open grant that does not stand without it.')
  async end(@CurrentCaller() caller: Caller, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    const actor = actorOf(caller);
    await this.#room.strict.transaction(async (rows) => {
      const row = (await listStatements(rows)).find((it) => it.id === id);
      const statement = row === undefined ? null : parseStatement(row.text);
      if (row === undefined || statement === null) throw new AccessError('access.statement-unknown');
      if (!mayEnd(await this.#room.trust.now(rows), actor, row, statement)) throw refusalFor(actor);
      await endAll(rows, [statement], actor.person);
      await reevaluateGrants(rows, await this.#room.trust.within(rows), actor.person);
    });
  }
}

function refusalFor(actor: Actor): Error {
  const signs = actor.roles.some(({ role }) => role === 'security' || role === 'admin');
  return signs ? roomProblem('room.statement-stays') : new AccessError('access.not-allowed');
}
