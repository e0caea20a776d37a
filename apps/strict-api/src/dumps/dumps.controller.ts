import { decide, mayDo } from '@crashkeep/access';
import { DumpAliasText, DumpIdText } from '@crashkeep/ids';
import { findReport } from '@crashkeep/lenient-store';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../http/answers.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { DumpContext } from '../wire/dumps.js';
import { memoryMapOf } from './memory-map.js';
import { findRegionMap } from './region-map.js';
import { type VisibleDump, findVisibleDump } from './visible-dump.js';

/** What somebody needs to see who asks for memory or decides on it: the open report, and where memory lies. Never a byte. */
@Controller('api/v1/dumps')
export class DumpsController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get(':id/context')
  @Policy({ door: 'session' })
  @Answers(DumpContext, 'The open report and the memory map of a dump.')
  async context(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: z.union([DumpIdText, DumpAliasText]) }) id: string,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    const dump = await findVisibleDump(this.#room, actor, id);
    decide(actor, 'dump.see-map', dump);
    const map = dump.shreddedAt === null ? await findRegionMap(this.#room.strict.rows, dump) : null;
    return {
      ...(await this.#lenientFacts(dump)),
      map: map === null ? null : memoryMapOf(map),
      may: { request: mayDo(actor, 'grant.request', dump) },
    };
  }

  async #lenientFacts(dump: VisibleDump): Promise<Pick<z.input<typeof DumpContext>, 'dump' | 'report'>> {
    const detail = await findReport(this.#room.lenient.rows, dump.id, [dump.project]);
    return {
      dump: {
        ...{ id: dump.id, project: dump.project, plain_bytes: dump.plainBytes },
        state: dump.shreddedAt !== null ? 'shredded' : (detail?.state ?? 'queued'),
        received_at: dump.receivedAt.toISOString(),
        retain_until: dump.retainUntil.toISOString(),
      },
      report: detail?.report ?? null,
    };
  }
}
