import { type GrantId, GrantIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { actorOf } from '../rights.js';
import { BytesQuery } from '../wire/grants.js';
import { ByteRelay } from './read-bytes.js';

/** Where bytes pass through: relayed, never kept. */
@Controller('api/v1/grants/:id/bytes')
export class BytesController {
  readonly #relay: ByteRelay;

  constructor(@Inject(ByteRelay) relay: ByteRelay) {
    this.#relay = relay;
  }

  @Get()
  @Policy({ door: 'session' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({
    status: 200,
    description: 'Exactly the bytes asked for, charged and written to the ledger before they leave.',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Query({ schema: BytesQuery }) query: z.infer<typeof BytesQuery>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    // A GET that charges: a page of another site must not be able to spend somebody's budget, whatever cookies it can send.
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') throw refused.crossSite();
    const { plaintext, budgetLeft, expiresAt, leaf } = await this.#relay.read(actorOf(caller), id, query);
    response.setHeader('content-type', 'application/octet-stream');
    response.setHeader('content-length', String(plaintext.length));
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-crashkeep-budget-left', String(budgetLeft));
    response.setHeader('x-crashkeep-expires', expiresAt);
    response.setHeader('x-crashkeep-leaf', leaf);
    response.once('close', () => plaintext.fill(0));
    response.end(plaintext);
  }
}
