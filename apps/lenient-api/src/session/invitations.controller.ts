import { acceptInvitation } from '@crashkeep/identity';
import { appendLeaf } from '@crashkeep/ledger';
import { Policy } from '@crashkeep/platform';
import { Body, Controller, Inject, Post } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { AnswersNothing } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { AcceptBody } from './session-wire.js';

/** Where an invitation is taken up. */
@Controller('api/v1/invitations')
export class InvitationsController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Post('accept')
  @Policy({ door: 'public', why: 'it asks for the 256-bit secret of a link that works once' })
  @AnswersNothing('The password is set; sign in.')
  async accept(@Body({ schema: AcceptBody }) body: z.infer<typeof AcceptBody>): Promise<void> {
    const { secret, password, name } = body;
    await answering(() =>
      this.#console.identity.transaction(async (rows) => {
        const given = name === undefined ? { secret, password } : { secret, password, name };
        const person = await acceptInvitation(rows, given);
        await appendLeaf(rows, 'lenient-api', { act: 'person.enrolled', person });
      }),
    );
  }
}
