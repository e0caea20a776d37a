import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestBody } from './body/request-body.js';
import { type Answer, refusalOf, sendAnswer } from './door/answer.js';
import { IngestError } from './ingest-error.js';
import { INTAKE } from './intake-token.js';
import type { Intake } from './intake.js';

/** Runs one upload from its first byte to its answer: how many at once, what failed, what is said of it. */
@Injectable()
export class Uploads {
  readonly #intake: Intake;
  #atWork = 0;

  constructor(@Inject(INTAKE) intake: Intake) {
    this.#intake = intake;
  }

  /** `take` gives null where it has answered by itself. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    take: (body: RequestBody) => Promise<Answer | null>,
  ): Promise<void> {
    const body = new RequestBody(request);
    this.#atWork += 1;
    try {
      if (this.#atWork > this.#intake.limits.uploadsAtOnce) throw new IngestError('ingest.busy');
      const answer = await take(body);
      if (answer) await sendAnswer(response, answer, body);
    } catch (error) {
      await this.#refuse(error, request, response, body);
    } finally {
      this.#atWork -= 1;
    }
  }

  async #refuse(error: unknown, request: IncomingMessage, response: ServerResponse, body: RequestBody): Promise<void> {
    const { log } = this.#intake;
    if (request.destroyed && !request.complete) {
      log.info('upload.cut');
      return;
    }
    const refusal = refusalOf(error);
    // What nobody named is a store's or the database's own error: the client may try again, the operator reads the log.
    if (!refusal || refusal.status >= 500) log.error('upload.failed', error);
    const answer = refusal ?? refusalOf(new IngestError('ingest.store-away'));
    if (answer) await sendAnswer(response, answer, body);
  }
}
