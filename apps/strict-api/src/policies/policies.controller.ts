import { PolicyRules, decide } from '@crashkeep/access';
import { IdentityError, findProject } from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Body, Controller, Inject, Post } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../http/answers.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { propose } from '../statements/propose.js';

const PolicyBody = z.strictObject({ project: ProjectIdText, rules: PolicyRules });
const ProposedAnswer = z.object({ statement: z.uuid() });

/** How a project decides on raw memory: proposed here, in force when it is signed (POST /statements). */
@Controller('api/v1/policies')
export class PoliciesController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Post()
  @Policy({ door: 'session' })
  @Answers(ProposedAnswer, 'Put up for signature.', 201)
  async propose(
    @CurrentCaller() caller: Caller,
    @Body({ schema: PolicyBody }) { project, rules }: z.infer<typeof PolicyBody>,
  ): Promise<unknown> {
    const actor = actorOf(caller);
    decide(actor, 'policy.propose', { project });
    if ((await findProject(this.#room.identity.rows, project)) === null) {
      throw new IdentityError('identity.project-unknown');
    }
    return this.#room.strict.transaction(async (rows) => {
      // One after the other: two proposals must not take one number.
      await rows.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('crashkeep.statements'))::text`;
      const { statements } = await this.#room.trust.within(rows);
      const numbers = statements.map((it) => (it.kind === 'policy' && it.project === project ? it.number : 0));
      const words = { kind: 'policy', project, number: Math.max(0, ...numbers) + 1, rules } as const;
      return { statement: (await propose(rows, words, actor.person)).id };
    });
  }
}
