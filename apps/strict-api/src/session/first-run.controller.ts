import { acceptInvitation, openSession } from '@crashkeep/identity';
import { appendLeaf } from '@crashkeep/ledger';
import { Policy, setSessionCookie } from '@crashkeep/platform';
import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { Answers, AnswersNothing } from '../http/answers.js';
import { roomProblem } from '../http/room-error.js';
import { ROOM, ROOM_COOKIE, type Room } from '../room.js';
import { AcceptInvitationBody, FirstRunAnswer, FirstRunBody } from '../wire/session.js';
import { beginFirstRun } from './first-run.js';
import { RootGate, WorksBeforeRoot } from './root-gate.js';

/** How people come in: the first administrator by the machine's link, everybody else by an invitation. */
@Controller('api/v1')
@WorksBeforeRoot()
export class FirstRunController {
  readonly #room: Room;
  readonly #gate: RootGate;

  constructor(@Inject(ROOM) room: Room, @Inject(RootGate) gate: RootGate) {
    this.#room = room;
    this.#gate = gate;
  }

  @Get('first-run')
  @Policy({ door: 'public', why: 'it says only whether the room was ever set up' })
  @Answers(FirstRunAnswer, 'Whether the first administrator has still to come.')
  async needed(): Promise<unknown> {
    return { needed: !(await this.#gate.isPinned()) };
  }

  @Post('first-run')
  @Policy({ door: 'public', why: 'it asks for the 256-bit secret of a link that works once' })
  @AnswersNothing('Signed in. Enrol a passkey now: it becomes the root.')
  async begin(
    @Body({ schema: FirstRunBody }) body: z.infer<typeof FirstRunBody>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    if (await this.#gate.isPinned()) throw roomProblem('room.already-set-up');
    setSessionCookie(response, ROOM_COOKIE, await beginFirstRun(this.#room, body));
  }

  @Post('invitations/accept')
  @Policy({ door: 'public', why: 'it asks for the 256-bit secret of a link that works once' })
  @AnswersNothing('The password is set; signed in.')
  async accept(
    @Body({ schema: AcceptInvitationBody }) body: z.infer<typeof AcceptInvitationBody>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const cookie = await this.#room.identity.transaction(async (rows) => {
      const person = await acceptInvitation(rows, body);
      await appendLeaf(rows, 'strict-api', { act: 'person.enrolled', person });
      return (await openSession(rows, person, 'room')).cookie;
    });
    setSessionCookie(response, ROOM_COOKIE, cookie);
  }
}
