import { type Actor, DEFAULT_POLICY, mayDo } from '@crashkeep/access';
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
    return { projects: mine.map((project) => viewOf(project, actor)) };
  }
}

function viewOf({ id, name, ticketPattern }: Project, actor: Actor): z.input<typeof ProjectView> {
  const may = (action: Parameters<typeof mayDo>[1]): boolean => mayDo(actor, action, { project: id });
  return {
    ...{ id, name, ticket_pattern: ticketPattern },
    policy: {
      name: DEFAULT_POLICY.name,
      approvals: DEFAULT_POLICY.approvals,
      minutes_max: DEFAULT_POLICY.minutesMax,
      budget_max: DEFAULT_POLICY.budgetMax,
      decide_minutes: DEFAULT_POLICY.decideMinutes,
      activate_minutes: DEFAULT_POLICY.activateMinutes,
    },
    may: {
      request: may('grant.request'),
      decide: may('grant.decide'),
      audit: may('audit.read'),
      manage: may('people.manage'),
    },
  };
}
