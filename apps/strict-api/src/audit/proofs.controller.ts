import { type GrantId, GrantIdText } from '@crashkeep/ids';
import type { ExportHead } from '@crashkeep/ledger';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { findVisibleGrant } from '../grants/find-grant.js';
import { Answers } from '../http/answers.js';
import { roomProblem } from '../http/room-error.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { AuditQuery, LeafProof } from '../wire/audit.js';
import { filterOf, noteReading, projectsToShow } from './audit-scope.js';
import { type LeafFilter, findLeaves } from './find-leaves.js';
import { LeafProofs } from './leaf-proofs.js';

const EXPORTED_MAX = 10_000;
const PAGE = 500;

/** What can be taken away and checked without this vault: `crashkeep audit verify` reads it. */
@Controller('api/v1')
export class ProofsController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get('audit/leaves/:leaf/proof')
  @Policy({ door: 'session' })
  @Answers(LeafProof, 'The leaf as it was hashed, its siblings, and the checkpoint that signs their root.')
  async proof(@CurrentCaller() caller: Caller, @Param('leaf', { schema: z.uuid() }) leaf: string): Promise<unknown> {
    const { rows } = this.#room.strict;
    const projects = projectsToShow(actorOf(caller), undefined);
    const [found] = await findLeaves(rows, { projects, leaf }, 1);
    if (!found) throw roomProblem('room.leaf-unknown');
    const proofs = await LeafProofs.open(rows);
    const { size, root, note: checkpoint, key } = proofs.checkpoint;
    return { ...(await proofs.prove(found)), size, root: root.toString('base64'), checkpoint, key };
  }

  @Get('audit/export')
  @Policy({ door: 'session' })
  @ApiProduces('application/jsonl')
  async exported(
    @CurrentCaller() caller: Caller,
    @Query({ schema: AuditQuery }) query: z.infer<typeof AuditQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const actor = actorOf(caller);
    const projects = projectsToShow(actor, query.project);
    await noteReading(this.#room.strict.rows, actor.person, query, true);
    await this.#send(response, 'ledger.jsonl', { ...filterOf(query), projects });
  }

  /** The receipt of a grant: its request, its approvals and every read, for whoever sees the grant. */
  @Get('grants/:id/receipt')
  @Policy({ door: 'session' })
  @ApiProduces('application/jsonl')
  async receipt(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: GrantIdText }) id: GrantId,
    @Res() response: Response,
  ): Promise<void> {
    await findVisibleGrant(this.#room, actorOf(caller), id);
    await this.#send(response, `grant-${id}.jsonl`, { projects: null, grant: id });
  }

  async #send(response: Response, name: string, filter: LeafFilter): Promise<void> {
    const { rows } = this.#room.strict;
    const proofs = await LeafProofs.open(rows);
    const { note: checkpoint, successions, size: below } = proofs.checkpoint;
    const head: z.infer<typeof ExportHead> = {
      format: 'crashkeep/ledger-export/v1',
      checkpoint,
      successions: [...successions],
    };
    const lines = [JSON.stringify(head)];
    let before: LeafFilter['before'];
    do {
      const page = await findLeaves(rows, { ...filter, below, before }, PAGE);
      for (const leaf of page) lines.push(JSON.stringify(await proofs.prove(leaf)));
      before = page.length === PAGE ? page.at(-1) : undefined;
    } while (before !== undefined && lines.length <= EXPORTED_MAX);
    response.setHeader('content-type', 'application/jsonl; charset=utf-8');
    response.setHeader('content-disposition', `attachment; filename="${name}"`);
    response.setHeader('cache-control', 'no-store');
    response.end(`${lines.join('\n')}\n`);
  }
}
