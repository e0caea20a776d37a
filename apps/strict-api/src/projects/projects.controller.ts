import { type AccessPolicy, type Actor, mayDo, widestRule } from '@crashkeep/access';
import { type Project, listProjects } from '@crashkeep/identity';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { actorOf } from '../rights.js';
import { ROOM, type Room } from '../room.js';
import { type ProjectView, ProjectsAnswer } from '../wire/projects.js';

/** Projects in which the caller is something, and what they may do there. */
@Controller('api/v1/projects')
export class ProjectsController {
  readonly #room: Room;

  constructor(@Inject(ROOM) room: Room) {
    this.#room = room;
  }

  @Get()
  @Policy({ door: 'session' })
  @Answers(ProjectsAnswer, 'Your projects.')
  async list(@CurrentCaller() caller: Caller): Promise<unknown> {
    const actor = actorOf(caller);
    const all = await listProjects(this.#room.identity.rows);
    const mine = all.filter(({ id }) => actor.roles.some(({ project }) => project === '*' || project === id));
    const trust = await this.#room.trust.now(this.#room.strict.rows);
    return { projects: mine.map((project) => viewOf(project, actor, trust.policyOf(project.id))) };
  }
}

function viewOf({ id, name, ticketPattern }: Project, actor: Actor, policy: AccessPolicy): z.input<typeof ProjectView> {
  const { approvals, minutesMax, budgetMax } = widestRule(policy);
  const { name: policyName, ...rules } = policy;
  const may = (action: Parameters<typeof mayDo>[1]): boolean => mayDo(actor, action, { project: id });
  return {
    ...{ id, name, ticket_pattern: ticketPattern },
    policy: {
      ...{ name: policyName, rules, approvals, minutes_max: minutesMax, budget_max: budgetMax },
      ...{ decide_minutes: policy.decideMinutes, activate_minutes: policy.activateMinutes },
    },
    may: {
      request: may('grant.request'),
      decide: may('grant.decide'),
      audit: may('audit.read'),
      manage: may('people.manage'),
    },
  };
}
