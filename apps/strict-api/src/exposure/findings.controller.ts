import { decide } from '@crashkeep/access';
import { personBriefs } from '@crashkeep/identity';
import { PersonIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { projectsToShow } from '../audit/audit-scope.js';
import { Answers } from '../http/answers.js';
import { roomProblem } from '../http/room-error.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import {
  ExposureAnswer,
  ExposureQuery,
  Finding,
  FindingsAnswer,
  FindingsQuery,
  RotationBody,
} from '../wire/findings.js';
import { bytesShown, findSightings, findWhoCould, findWhoDid, secretBytes } from './find-exposure.js';
import { findFindings } from './find-findings.js';

/** What was found, who could see it, who did. Whoever looks here leaves a leaf. */
@Controller('api/v1')
export class FindingsController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get('findings')
  @Policy({ door: 'session' })
  @Answers(FindingsAnswer, 'Secrets that were found, the worst first. Never a value.')
  async list(
    @CurrentCaller() caller: Caller,
    @Query({ schema: FindingsQuery }) { project }: z.infer<typeof FindingsQuery>,
  ): Promise<z.infer<typeof FindingsAnswer>> {
    const actor = actorOf(caller);
    const projects = projectsToShow(actor, project);
    const { rows } = this.#room.strict;
    await appendLeaf(rows, 'strict-api', { act: 'findings.read', person: actor.person, secret: null, dump: null });
    return { findings: await findFindings(rows, { projects }) };
  }

  @Get('exposure')
  @Policy({ door: 'session' })
  @Answers(ExposureAnswer, 'Who could read a secret, or those of a dump, and who did, to the byte.')
  async exposure(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ExposureQuery }) { secret, dump }: z.infer<typeof ExposureQuery>,
  ): Promise<z.infer<typeof ExposureAnswer>> {
    const actor = actorOf(caller);
    const projects = projectsToShow(actor, undefined);
    const { rows } = this.#room.strict;
    const looked = { secret: secret ?? null, dump: dump ?? null };
    await appendLeaf(rows, 'strict-api', { act: 'findings.read', person: actor.person, ...looked });
    const findings =
      secret === undefined && dump === undefined ? [] : await findFindings(rows, { projects, secret, dump });
    if (findings.length === 0) throw roomProblem('room.finding-unknown');
    const secrets = findings.map(({ id }) => id);
    const sightings = await findSightings(rows, { secrets, dump: dump ?? null });
    const [could, did] = [await findWhoCould(rows, sightings), await findWhoDid(rows, sightings)];
    const people = [...could, ...did].map(({ person }) => PersonIdText.parse(person));
    const named = await personBriefs(this.#room.identity.rows, people);
    return ExposureAnswer.parse({
      ...{ findings, could, did, secret_bytes: secretBytes(sightings), seen_bytes: bytesShown(did) },
      sightings: sightings.map(({ secret_id, dump_id, part_id, ranges: _ranges, ...sighting }) => ({
        ...{ ...sighting, secret: secret_id, dump: dump_id, part: part_id },
        present_since: sighting.present_since.toISOString(),
        detectable_since: sighting.detectable_since.toISOString(),
        found_at: sighting.found_at.toISOString(),
      })),
      people: Object.fromEntries([...named.values()].map(({ id, name }) => [id, name])),
    });
  }

  @Put('findings/:id/rotation')
  @Policy({ door: 'session' })
  @Answers(Finding, 'The finding with its new state; the change is a leaf.')
  async rotate(
    @CurrentCaller() caller: Caller,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: RotationBody }) { rotation, owner, note }: z.infer<typeof RotationBody>,
  ): Promise<z.infer<typeof Finding>> {
    const actor = actorOf(caller);
    const projects = projectsToShow(actor, undefined);
    const [known] = await findFindings(this.#room.strict.rows, { projects, secret: id });
    if (known === undefined) throw roomProblem('room.finding-unknown');
    decide(actor, 'finding.rotate', { project: known.project });
    return this.#room.strict.transaction(async (rows) => {
      await rows.$executeRaw`UPDATE strict.secret SET rotation = ${rotation}, owner = ${owner}, note = ${note},
        rotation_at = clock_timestamp(), rotation_by = ${actor.person}::uuid WHERE id = ${id}::uuid`;
      await appendLeaf(rows, 'strict-api', {
        ...{ act: 'finding.rotation', person: actor.person, project: known.project, secret: id, rotation, owner, note },
      });
      const [changed] = await findFindings(rows, { projects, secret: id });
      if (changed === undefined) throw roomProblem('room.finding-unknown');
      return changed;
    });
  }
}
