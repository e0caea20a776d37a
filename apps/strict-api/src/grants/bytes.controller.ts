import { type AskedRange, PROOF_MAX } from '@crashkeep/access';
import { type GrantId, GrantIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { BytesBody, BytesQuery } from '../wire/grants.js';
import { ByteRelay } from './read-bytes.js';

const BYTES = {
  status: 200,
  description: 'Exactly the bytes asked for, charged and written to the ledger before they leave.',
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } as const } },
};

/** Where bytes pass through: relayed, never kept. Each request carries a proof by the device that the approval names (`DPoP`). */
@Controller('api/v1/grants/:id/bytes')
export class BytesController {
  readonly #relay: ByteRelay;
  readonly #room: Room;

  constructor(@Inject(ByteRelay) relay: ByteRelay, @Inject(ROOM) room: Room) {
    this.#relay = relay;
    this.#room = room;
  }

  @Get()
  @Policy({ door: 'session' })
  @ApiProduces('application/octet-stream')
  @ApiResponse(BYTES)
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
    const asked = await this.#relay.parse(actorOf(caller), id, query);
    await this.#answer(caller, id, [asked], request, response);
  }

  @Post()
  @Policy({ door: 'session' })
  @ApiProduces('application/octet-stream')
  @ApiResponse(BYTES)
  async readMany(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Body({ schema: BytesBody }) { ranges }: z.infer<typeof BytesBody>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.#answer(caller, id, ranges, request, response);
  }

  async #answer(
    caller: Caller,
    id: GrantId,
    asked: readonly AskedRange[],
    request: Request,
    response: Response,
  ): Promise<void> {
    const via = request.method === 'POST' ? 'POST' : 'GET';
    const proof = proofOf(request);
    try {
      const read = await this.#relay.read(actorOf(caller), id, { via, proof, asked });
      sendBytes(response, read);
    } catch (error) {
      // RFC 9449, 8: a proof that is missing or old is answered with what the next one needs.
      if (isProofRefusal(error)) response.setHeader('dpop-nonce', await this.#room.keeper.nonce());
      throw error;
    }
  }
}

type Read = Awaited<ReturnType<ByteRelay['read']>>;

function sendBytes(response: Response, { plaintext, budgetLeft, expiresAt, leaf, nonce, masks }: Read): void {
  response.setHeader('content-type', 'application/octet-stream');
  response.setHeader('content-length', String(plaintext.length));
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-crashkeep-budget-left', String(budgetLeft));
  response.setHeader('x-crashkeep-expires', expiresAt);
  response.setHeader('x-crashkeep-leaf', leaf);
  response.setHeader('x-crashkeep-masks', maskWords(masks));
  response.setHeader('dpop-nonce', nonce);
  response.once('close', () => plaintext.fill(0));
  response.end(plaintext);
}

/** `at+length` for what the screen found, `at+length?` for what was not searched, by commas: 256 at most, below 8 KiB. */
const maskWords = (masks: Read['masks']): string =>
  masks.map(({ at, length, cause }) => `${String(at)}+${String(length)}${cause === 'secret' ? '' : '?'}`).join(',');

/** One header, of a bounded length: two are none. */
function proofOf(request: Request): string | null {
  const value = request.headers['dpop'];
  return typeof value === 'string' && value.length <= PROOF_MAX ? value : null;
}

const isProofRefusal = (error: unknown): boolean =>
  error instanceof Error && /^access\.proof-(?:stale|missing|replayed)$/.test(error.message);
