import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Policy } from '@crashkeep/platform';
import type { Request, Response } from 'express';
import { textAnswer } from './door/answer.js';
import { INTAKE } from './intake-token.js';
import { type Intake, admit, takeDump } from './intake.js';
import { Uploads } from './uploads.js';

const DUMP_TOKEN = { door: 'token-in-handler', classes: ['ingest'] } as const;

/** Where crash clients POST dumps. Each address takes every form of token and of body. */
@Controller()
export class SubmitController {
  readonly #intake: Intake;
  readonly #uploads: Uploads;

  constructor(@Inject(INTAKE) intake: Intake, @Inject(Uploads) uploads: Uploads) {
    this.#intake = intake;
    this.#uploads = uploads;
  }

  @Post('submit')
  @Policy(DUMP_TOKEN)
  async submit(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#take(request, response, null);
  }

  @Post('submit/:token')
  @Policy(DUMP_TOKEN)
  async submitWithToken(
    @Req() request: Request,
    @Res() response: Response,
    @Param('token') token: string,
  ): Promise<void> {
    await this.#take(request, response, token);
  }

  /** Sentry's. Its project is a number that SDKs insist on; which project it is here, the token says. */
  @Post('api/:project/minidump')
  @Policy(DUMP_TOKEN)
  async minidump(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#take(request, response, null);
  }

  async #take(request: Request, response: Response, pathToken: string | null): Promise<void> {
    await this.#uploads.handle(request, response, async (body) => {
      const holder = await admit(this.#intake, request, 'ingest', pathToken);
      return textAnswer(200, await takeDump(this.#intake, request, body, holder));
    });
  }
}
