import { randomUUID } from 'node:crypto';
import { Controller, Get, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { Policy } from '@crashkeep/platform';
import { findSymbolFiles } from '@crashkeep/strict-store';
import type { Request, Response } from 'express';
import { ByteBudget, type ByteStream } from './body/byte-budget.js';
import { contentOf, decodedBody } from './body/content.js';
import { formParts } from './body/form-parts.js';
import type { RequestBody } from './body/request-body.js';
import { type Answer, jsonAnswer, textAnswer } from './door/answer.js';
import { credentialOf } from './door/credentials.js';
import { IngestError } from './ingest-error.js';
import { INTAKE } from './intake-token.js';
import { type Intake, admit } from './intake.js';
import { MAX_COMPLETE_BYTES, completedSymbol, forRegularExpressions } from './symbols/breakpad-protocol.js';
import { keepUnnamed, takeUnnamed } from './symbols/unnamed-upload.js';
import { fileOfKind } from './symbols/stored-kinds.js';
import { symbolName, symbolNameOfPath } from './symbols/symbol-name.js';
import { takeSymbols } from './symbols/symbol-upload.js';
import { Uploads } from './uploads.js';

const SYMBOL_TOKEN = { door: 'token-in-handler', classes: ['symbols'] } as const;

/** Where symbols come in: a plain PUT, and the two protocols of Breakpad's own tools. */
@Controller()
export class SymbolsController {
  readonly #intake: Intake;
  readonly #uploads: Uploads;

  constructor(@Inject(INTAKE) intake: Intake, @Inject(Uploads) uploads: Uploads) {
    this.#intake = intake;
    this.#uploads = uploads;
  }

  @Put('symbols/:debugFile/:debugId/:name')
  @Policy(SYMBOL_TOKEN)
  async put(
    @Req() request: Request,
    @Res() response: Response,
    @Param('debugFile') debugFile: string,
    @Param('debugId') debugId: string,
    @Param('name') name: string,
  ): Promise<void> {
    await this.#uploads.handle(request, response, async (body) => {
      const holder = await admit(this.#intake, request, 'symbols');
      const known = symbolNameOfPath(debugFile, debugId, name);
      const { id, stored } = await takeSymbols(this.#intake, holder, this.#plain(request, body), known);
      return jsonAnswer(JSON.stringify({ symbols: id, stored }));
    });
  }

  /** `symupload`: one form with `debug_file`, `debug_identifier` and the file `symbol_file`. */
  @Post('symbols')
  @Policy(SYMBOL_TOKEN)
  async symupload(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#uploads.handle(request, response, async (body) => {
      const holder = await admit(this.#intake, request, 'symbols');
      const content = contentOf(request.headers);
      if (content.kind !== 'form') throw new IngestError('symbols.malformed');
      let answer: Answer | null = null;
      for await (const part of formParts(this.#plain(request, body), content.boundary, this.#intake.limits)) {
        if (part.kind !== 'file' || part.name !== 'symbol_file' || answer) continue;
        answer = textAnswer(200, (await takeSymbols(this.#intake, holder, part.bytes, null)).id);
      }
      if (!answer) throw new IngestError('symbols.malformed');
      return answer;
    });
  }

  /**
   * `sym_upload_v2`, step 1: whether the vault has it. The verb is part of the last segment: `<debug_id>:checkStatus`. It does not say
   * of what kind, and most send texts: what is there of other kinds does not count, and the same again does no harm.
   */
  @Get('v1/symbols/:debugFile/:debugIdAndVerb')
  @Policy(SYMBOL_TOKEN)
  async checkStatus(
    @Req() request: Request,
    @Res() response: Response,
    @Param('debugFile') debugFile: string,
    @Param('debugIdAndVerb') debugIdAndVerb: string,
  ): Promise<void> {
    await this.#uploads.handle(request, response, async () => {
      const holder = await admit(this.#intake, request, 'symbols');
      const known = symbolName(debugFile, verbOff(debugIdAndVerb, ':checkStatus'));
      const files = await findSymbolFiles(this.#intake.store.rows, { project: holder.project, ...known });
      const there = await fileOfKind(this.#intake.symbols, files, ['breakpad']);
      return jsonAnswer(forRegularExpressions({ status: there ? 'FOUND' : 'MISSING' }));
    });
  }

  /** Step 2: where to PUT. Nothing is kept of it: a text names itself, and the address carries the token. */
  @Post('v1/uploads\\:create')
  @Policy(SYMBOL_TOKEN)
  async create(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#uploads.handle(request, response, async () => {
      await admit(this.#intake, request, 'symbols');
      const uploadKey = randomUUID();
      const url = new URL(`/v1/uploads/${uploadKey}`, this.#intake.publicUrl);
      url.searchParams.set('key', credentialOf(request, null) ?? '');
      return jsonAnswer(forRegularExpressions({ uploadUrl: url.href, uploadKey }));
    });
  }

  /** Step 3. An image is named by the step after: until then it lies aside. */
  @Put('v1/uploads/:uploadKey')
  @Policy(SYMBOL_TOKEN)
  async upload(
    @Req() request: Request,
    @Res() response: Response,
    @Param('uploadKey') uploadKey: string,
  ): Promise<void> {
    await this.#uploads.handle(request, response, async (body) => {
      const holder = await admit(this.#intake, request, 'symbols');
      return textAnswer(200, await keepUnnamed(this.#intake, holder, uploadKey, this.#plain(request, body)));
    });
  }

  /** Step 4: `<uploadKey>:complete`. A text that was PUT is there already; what was not is the client's to send again. */
  @Post('v1/uploads/:uploadKeyAndVerb')
  @Policy(SYMBOL_TOKEN)
  async complete(
    @Req() request: Request,
    @Res() response: Response,
    @Param('uploadKeyAndVerb') uploadKeyAndVerb: string,
  ): Promise<void> {
    await this.#uploads.handle(request, response, async (body) => {
      const holder = await admit(this.#intake, request, 'symbols');
      const uploadKey = verbOff(uploadKeyAndVerb, ':complete');
      const known = completedSymbol(await textOf(new ByteBudget(MAX_COMPLETE_BYTES).count(body.bytes)));
      const taken = await takeUnnamed(this.#intake, holder, uploadKey, known);
      if (taken) return jsonAnswer(forRegularExpressions({ result: taken.stored ? 'OK' : 'DUPLICATE_DATA' }));
      const [there] = await findSymbolFiles(this.#intake.store.rows, { project: holder.project, ...known });
      if (!there) throw new IngestError('symbols.malformed');
      return jsonAnswer(forRegularExpressions({ result: 'OK' }));
    });
  }

  #plain(request: Request, body: RequestBody): ByteStream {
    const { symbolBytes } = this.#intake.limits;
    const [wire, unfolded] = [new ByteBudget(symbolBytes), new ByteBudget(symbolBytes)];
    return decodedBody(request.headers['content-encoding'], body.bytes, { wire, unfolded });
  }
}

function verbOff(segment: string, verb: string): string {
  if (!segment.endsWith(verb)) throw new IngestError('symbols.malformed');
  return segment.slice(0, -verb.length);
}

async function textOf(bytes: ByteStream): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
