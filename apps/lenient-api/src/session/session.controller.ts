import { endSession, openSession } from '@crashkeep/identity';
import { PersonIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy, clearSessionCookie, setSessionCookie } from '@crashkeep/platform';
import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { CONSOLE_COOKIE } from '../console-cookie.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { personOf } from '../rights.js';
import { LocalSignIn } from './local-sign-in.js';
import { SessionAnswer, SignInBody } from './session-wire.js';

/** Who is here: signing in, being somebody, signing out. */
@Controller('api/v1/session')
export class SessionController {
  readonly #console: Console;
  readonly #local: LocalSignIn;

  constructor(@Inject(CONSOLE) console: Console, @Inject(LocalSignIn) local: LocalSignIn) {
    this.#console = console;
    this.#local = local;
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
    const { cookie } = await openSession(this.#console.identity.rows, personId, 'console');
    setSessionCookie(response, CONSOLE_COOKIE, cookie);
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(SessionAnswer, 'Who is signed in, their roles, and what x-crashkeep-csrf must carry.')
  session(@CurrentCaller() caller: Caller): z.input<typeof SessionAnswer> {
    const { personId, name, login, roles, csrf } = personOf(caller);
    return { person: { id: personId, name, login }, roles: [...roles], csrf };
  }

  @Delete()
  @Policy({ door: 'session' })
  @AnswersNothing('Signed out.')
  async signOut(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { personId, session } = personOf(caller);
    await endSession(this.#console.identity.rows, PersonIdText.parse(personId), session);
    clearSessionCookie(response, CONSOLE_COOKIE);
  }
}
