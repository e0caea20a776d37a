import { endSession, hasSteppedUp, openSession, passkeysOf, rolesOf } from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import {
  type Caller,
  CurrentCaller,
  Policy,
  type SignedIn,
  clearSessionCookie,
  setSessionCookie,
} from '@crashkeep/platform';
import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Answers, AnswersNothing } from '../http/answers.js';
import { isRoomRole } from '../people/change-roles.js';
import { personOf } from '../rights.js';
import { ROOM, ROOM_COOKIE, type Room } from '../room.js';
import { SessionAnswer, SignInBody } from '../wire/session.js';
import { LocalSignIn } from './local-sign-in.js';
import { RootGate, WorksBeforeRoot } from './root-gate.js';

/** Who is here: signing in, being somebody, signing out. */
@Controller('api/v1/session')
@WorksBeforeRoot()
export class SessionController {
  readonly #room: Room;
  readonly #local: LocalSignIn;
  readonly #gate: RootGate;

  constructor(@Inject(ROOM) room: Room, @Inject(LocalSignIn) local: LocalSignIn, @Inject(RootGate) gate: RootGate) {
    this.#room = room;
    this.#local = local;
    this.#gate = gate;
  }

  @Post()
  @Policy({ door: 'public', why: 'it asks for the password; failures by login are counted and slowed' })
  @AnswersNothing('Signed in; the cookie is the session.')
  async signIn(
    @Body({ schema: SignInBody }) _body: z.infer<typeof SignInBody>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const personId = await this.#local.personOf(request, response);
    const { cookie } = await openSession(this.#room.identity.rows, personId, 'room');
    setSessionCookie(response, ROOM_COOKIE, cookie);
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(SessionAnswer, 'Who is signed in, their roles, and what x-crashkeep-csrf must carry.')
  async session(@CurrentCaller() caller: Caller): Promise<unknown> {
    const { personId, name, login, roles, csrf, session } = personOf(caller);
    const { rows } = this.#room.identity;
    return {
      ...{ person: { id: personId, name, login }, csrf },
      roles: roles.filter(({ role }) => role !== 'operator'),
      passkeys: (await passkeysOf(rows, personId)).length,
      root_pinned: await this.#gate.isPinned(),
      stepped_up: await hasSteppedUp(rows, session),
      waiting_roles: await this.#waitingRoles(personId, roles),
    };
  }

  /** Given, and not signed yet. */
  async #waitingRoles(person: PersonId, counted: SignedIn['roles']): Promise<unknown[]> {
    const held = (await rolesOf(this.#room.identity.rows, person)).filter(isRoomRole);
    return held.filter((it) => !counted.some(({ project, role }) => project === it.project && role === it.role));
  }

  @Delete()
  @Policy({ door: 'session' })
  @AnswersNothing('Signed out.')
  async signOut(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { personId, session } = personOf(caller);
    await endSession(this.#room.identity.rows, personId, session);
    clearSessionCookie(response, ROOM_COOKIE);
  }
}
