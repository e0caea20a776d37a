import { type BeforeApplicationShutdown, Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Policy } from '@crashkeep/platform';
import type { Request, Response } from 'express';
import type { VerifiedToken } from '@crashkeep/identity';
import type { RequestBody } from './body/request-body.js';
import { textAnswer } from './door/answer.js';
import { ThrottleBook } from './door/throttle-book.js';
import { UploadCounter } from './door/upload-counter.js';
import { IngestError, MalformedError } from './ingest-error.js';
import { INTAKE } from './intake-token.js';
import { type Intake, admit, answerOfNothing, takeDump } from './intake.js';
import { Uploads } from './uploads.js';

const DUMP_TOKEN = { door: 'token-in-handler', classes: ['ingest'] } as const;

/** Where crash clients POST dumps. Each address takes every form of token and of body. */
@Controller()
export class SubmitController implements BeforeApplicationShutdown {
  readonly #intake: Intake;
  readonly #uploads: Uploads;
  readonly #counter: UploadCounter;
  readonly #throttles: ThrottleBook;

  constructor(@Inject(INTAKE) intake: Intake, @Inject(Uploads) uploads: Uploads) {
    this.#intake = intake;
    this.#uploads = uploads;
    this.#counter = new UploadCounter(intake.store, intake.log);
    this.#throttles = new ThrottleBook(intake.store);
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

  /** What was counted and not yet written. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#counter.flush();
  }

  async #take(request: Request, response: Response, pathToken: string | null): Promise<void> {
    await this.#uploads.handle(request, response, async (body) => {
      const holder = await admit(this.#intake, request, 'ingest', pathToken);
      try {
        return textAnswer(200, await this.#decided(request, body, holder));
      } catch (error) {
        const throttled = error instanceof IngestError && error.code === 'ingest.throttled';
        this.#counter.add(holder.project, throttled ? 'throttled' : 'refused', throttled ? 'reject' : reasonOf(error));
        throw error;
      }
    });
  }

  /** The project's rules are asked before the body is read. */
  async #decided(request: Request, body: RequestBody, holder: VerifiedToken): Promise<string> {
    const action = await this.#throttles.decide(holder.project, request);
    if (action === 'reject') throw new IngestError('ingest.throttled');
    if (action === 'fake-accept') {
      const answer = await answerOfNothing(this.#intake, holder);
      this.#counter.add(holder.project, 'throttled', action);
      return answer;
    }
    const answer = await takeDump(this.#intake, request, body, { holder, deferred: action === 'defer' });
    this.#counter.add(holder.project, action === 'defer' ? 'deferred' : 'accepted');
    return answer;
  }
}

/** A code of our own closed lists; of anything else only that it was ours. */
function reasonOf(error: unknown): string {
  if (error instanceof MalformedError) return `malformed_${error.reason}`;
  return error instanceof IngestError ? error.code : 'ingest.failed';
}
