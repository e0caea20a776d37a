import { listApiTokens, type ListedToken, revokeApiToken } from '@crashkeep/identity';
import { PersonIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { instantOrNull, instantText, ProjectQuery } from '../http/words.js';
import { personOf, readableProjects, requireManage, requireRead } from '../rights.js';
import { makeToken } from './make-token.js';
import { NewTokenAnswer, NewTokenBody, TokenPath, TokensAnswer } from './tokens-wire.js';

/** What machines may do in a project. */
@Controller('api/v1/tokens')
export class TokensController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(TokensAnswer, 'Tokens of a project, newest first; never their text.')
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ProjectQuery }) { project }: z.infer<typeof ProjectQuery>,
  ): Promise<z.input<typeof TokensAnswer>> {
    requireRead(caller, project);
    return { tokens: (await listApiTokens(this.#console.identity.rows, [project])).map(tokenAnswer) };
  }

  @Post()
  @Policy({ door: 'session' })
  @Answers(NewTokenAnswer, "The token's text, told in this answer only.", 201)
  async make(
    @CurrentCaller() caller: Caller,
    @Body({ schema: NewTokenBody }) body: z.infer<typeof NewTokenBody>,
  ): Promise<z.input<typeof NewTokenAnswer>> {
    const me = personOf(caller);
    requireManage(me, body.project);
    const { project, label } = body;
    const wanted = { project, class: body.class, label, by: PersonIdText.parse(me.personId) };
    return { token: await answering(() => makeToken(this.#console.identity, wanted)) };
  }

  @Delete(':id')
  @Policy({ door: 'session' })
  @AnswersNothing('Revoked: it opens nothing any more.')
  async revoke(
    @CurrentCaller() caller: Caller,
    @Param({ schema: TokenPath }) { id }: z.infer<typeof TokenPath>,
  ): Promise<void> {
    const me = personOf(caller);
    const { identity } = this.#console;
    const projects = await readableProjects(this.#console, me);
    const token = (await listApiTokens(identity.rows, projects)).find((it) => it.tokenId === id);
    if (token === undefined) throw refused.notFound();
    requireManage(me, token.project);
    const leaf = {
      act: 'token.revoked',
      token: id,
      project: token.project,
      class: token.class,
      by: me.personId,
    } as const;
    await identity.transaction(async (rows) => {
      if (await revokeApiToken(rows, id)) await appendLeaf(rows, 'lenient-api', leaf);
    });
  }
}

const tokenAnswer = (token: ListedToken): z.input<typeof TokensAnswer>['tokens'][number] => ({
  id: token.tokenId,
  class: token.class,
  project: token.project,
  label: token.label,
  created_at: instantText(token.createdAt),
  last_used_at: instantOrNull(token.lastUsedAt),
  revoked_at: instantOrNull(token.revokedAt),
});
