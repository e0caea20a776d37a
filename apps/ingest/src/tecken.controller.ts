import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Policy } from '@crashkeep/platform';
import type { Request, Response } from 'express';
import { ByteBudget } from './body/byte-budget.js';
import { contentOf } from './body/content.js';
import { formParts } from './body/form-parts.js';
import type { RequestBody } from './body/request-body.js';
import { jsonAnswer } from './door/answer.js';
import { IngestError } from './ingest-error.js';
import { INTAKE } from './intake-token.js';
import { type Intake, admit } from './intake.js';
import { type TakenZip, takeSymbolZip } from './symbols/symbol-zip.js';
import { Uploads } from './uploads.js';

/** Mozilla's symbol uploads: `POST /upload/` with an `Auth-Token` and one file, a zip, under any field's name. */
@Controller()
export class TeckenController {
  readonly #intake: Intake;
  readonly #uploads: Uploads;

  constructor(@Inject(INTAKE) intake: Intake, @Inject(Uploads) uploads: Uploads) {
    this.#intake = intake;
    this.#uploads = uploads;
  }

  @Post('upload')
  @Policy({ door: 'token-in-handler', classes: ['symbols'] })
  async upload(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#uploads.handle(request, response, async (body) => {
      const holder = await admit(this.#intake, request, 'symbols');
      const { name, taken } = await this.#take(request, body, holder);
      return { ...jsonAnswer(JSON.stringify({ upload: uploadAnswer(name, taken) })), status: 201 };
    });
  }

  async #take(
    request: Request,
    body: RequestBody,
    holder: Awaited<ReturnType<typeof admit>>,
  ): Promise<{ readonly name: string; readonly taken: TakenZip }> {
    const content = contentOf(request.headers);
    if (content.kind !== 'form') throw new IngestError('symbols.bad-zip');
    const wire = new ByteBudget(this.#intake.limits.symbolBytes).count(body.bytes);
    for await (const part of formParts(wire, content.boundary, this.#intake.limits)) {
      if (part.kind === 'file')
        return { name: part.name, taken: await takeSymbolZip(this.#intake, holder, part.bytes) };
      // Tecken fetches such an address; a vault does not go where a sender points.
      if (part.name === 'url') throw new IngestError('symbols.bad-zip');
    }
    throw new IngestError('symbols.bad-zip');
  }
}

/** The fields that uploaders print; `refused_keys` is ours. */
function uploadAnswer(filename: string, { bytes, stored, skipped, refused }: TakenZip): object {
  const now = new Date().toISOString();
  return {
    ...{ id: null, size: bytes, filename, bucket: null, download_url: null, try_symbols: false, redirect_urls: [] },
    ...{ completed_at: now, created_at: now, user: null },
    ...{ stored_keys: stored, skipped_keys: skipped, refused_keys: refused },
  };
}
