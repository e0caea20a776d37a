import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { VerifiedToken } from '@crashkeep/identity';
import { Policy } from '@crashkeep/platform';
import type { Request, Response } from 'express';
import { INTAKE } from './intake-token.js';
import { type Intake, admit } from './intake.js';
import { sendSymbols } from './symbols/send-symbols.js';
import { type FoundSymbols, findByBuildId, findByLayout } from './symbols/symbol-serving.js';
import { Uploads } from './uploads.js';

const SYMBOL_TOKEN = { door: 'token-in-handler', classes: ['symbols'] } as const;

/** Where symbols go out again, to debuggers and stack walkers of whoever holds a token of the project. HEAD as GET. */
@Controller()
export class SymbolServerController {
  readonly #intake: Intake;
  readonly #uploads: Uploads;

  constructor(@Inject(INTAKE) intake: Intake, @Inject(Uploads) uploads: Uploads) {
    this.#intake = intake;
    this.#uploads = uploads;
  }

  /** Breakpad's layout, as minidump-stackwalk's `--symbols-url` and Mozilla's tools ask. */
  @Get('symbols/:debugFile/:debugId/:name')
  @Policy(SYMBOL_TOKEN)
  async byLayout(
    @Req() request: Request,
    @Res() response: Response,
    @Param() path: { debugFile: string; debugId: string; name: string },
  ): Promise<void> {
    await this.#send(request, response, (holder) => findByLayout(this.#intake, holder, path));
  }

  /** debuginfod. gdb's client takes the token from `http://TOKEN@host` or a headers file. */
  @Get('buildid/:buildId/:kind')
  @Policy(SYMBOL_TOKEN)
  async byBuildId(
    @Req() request: Request,
    @Res() response: Response,
    @Param() path: { buildId: string; kind: string },
  ): Promise<void> {
    await this.#send(request, response, (holder) => findByBuildId(this.#intake, holder, path));
  }

  async #send(
    request: Request,
    response: Response,
    find: (holder: VerifiedToken) => Promise<FoundSymbols>,
  ): Promise<void> {
    await this.#uploads.handle(request, response, async () => {
      const file = await find(await admit(this.#intake, request, 'symbols'));
      await sendSymbols(response, this.#intake.symbols, file);
      return null;
    });
  }
}
