import { findCorrelations, findFacets, findGroupActs, findGroupTrend, findIcicle } from '@crashkeep/lenient-store';
import { type Caller, CurrentCaller, Policy } from '@crashkeep/platform';
import { parseQuery } from '@crashkeep/query';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers } from '../http/answers.js';
import { answering } from '../http/console-error.js';
import { daysAsked, timeAsked } from '../http/time-asked.js';
import { instantText } from '../http/words.js';
import { facetsAnswer } from '../search/facets-answer.js';
import { FacetsAnswer } from '../search/search-wire.js';
import { GroupPath } from './crash-wire.js';
import {
  CorrelationsAnswer,
  GroupActsAnswer,
  GroupFacetsQuery,
  GroupTime,
  IcicleAnswer,
  SignatureAnswer,
  TrendAnswer,
  WhyAnswer,
} from './group-wire.js';
import { peopleNames } from './people-names.js';
import { seenGroup } from './seen-group.js';
import { signatureAnswer, whyAnswer } from './signature-answers.js';

const DAYS = 30;
const READ = { door: 'session-or-token', classes: ['read'] } as const;

/** All that is known of one signature. */
@Controller('api/v1/groups/:id')
export class SignatureController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get('signature')
  @Policy(READ)
  @Answers(SignatureAnswer, 'The group with its parts, status, owner and installs.')
  async signature(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
  ): Promise<z.input<typeof SignatureAnswer>> {
    return signatureAnswer(this.#console, await seenGroup(this.#console, caller, id));
  }

  @Get('trend')
  @Policy(READ)
  @Answers(TrendAnswer, 'Reports a day by version, oldest first. Of the last 30 days unless told.')
  async trend(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
    @Query({ schema: GroupTime }) asked: z.infer<typeof GroupTime>,
  ): Promise<z.input<typeof TrendAnswer>> {
    const { members } = await seenGroup(this.#console, caller, id);
    const { from, to } = daysAsked(timeAsked(asked, DAYS));
    const { all, versions } = await findGroupTrend(this.#console.store.rows, members, from, to);
    const dayText = (day: Date): string => day.toISOString().slice(0, 10);
    const counts = versions.map((it) => ({ version: it.version, counts: [...it.counts] }));
    return { from: dayText(from), to: dayText(to), all: [...all], versions: counts };
  }

  @Get('facets')
  @Policy(READ)
  @Answers(FacetsAnswer, "How many of the group's reports have which values.")
  async facets(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
    @Query({ schema: GroupFacetsQuery }) asked: z.infer<typeof GroupFacetsQuery>,
  ): Promise<z.input<typeof FacetsAnswer>> {
    const { project, members } = await seenGroup(this.#console, caller, id);
    return answering(async () => {
      const search = { project, query: parseQuery(asked.q), ...timeAsked(asked, DAYS), groupIds: members };
      return facetsAnswer(await findFacets(this.#console.store.rows, search, asked.fields));
    });
  }

  @Get('correlations')
  @Policy(READ)
  @Answers(CorrelationsAnswer, 'What its reports have more often than others of the product: G-tests, corrected.')
  async correlations(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
    @Query({ schema: GroupTime }) asked: z.infer<typeof GroupTime>,
  ): Promise<z.input<typeof CorrelationsAnswer>> {
    const group = await seenGroup(this.#console, caller, id);
    return answering(async () => {
      const { from, to } = timeAsked(asked, DAYS);
      const { own, others, correlations } = await findCorrelations(this.#console.store.rows, group, from, to);
      return {
        own,
        others,
        correlations: correlations.map((it) => ({
          field: it.field,
          value: it.value,
          own: it.own,
          others: it.others,
          own_share: it.ownShare,
          other_share: it.otherShare,
          lift: it.lift,
          chance: it.chance,
        })),
      };
    });
  }

  @Get('icicle')
  @Policy(READ)
  @Answers(IcicleAnswer, 'The crashing stacks of its reports, laid over each other.')
  async icicle(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
  ): Promise<z.input<typeof IcicleAnswer>> {
    const { members } = await seenGroup(this.#console, caller, id);
    const { nodes, ...counts } = await findIcicle(this.#console.store.rows, members);
    return { ...counts, nodes: [...nodes] };
  }

  @Get('why')
  @Policy(READ)
  @Answers(WhyAnswer, 'Which frames made the signature, in its newest report.')
  async why(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
  ): Promise<z.input<typeof WhyAnswer>> {
    return whyAnswer(this.#console, await seenGroup(this.#console, caller, id));
  }

  @Get('acts')
  @Policy(READ)
  @Answers(GroupActsAnswer, 'What people did with the group, newest first.')
  async acts(
    @CurrentCaller() caller: Caller,
    @Param({ schema: GroupPath }) { id }: z.infer<typeof GroupPath>,
  ): Promise<z.input<typeof GroupActsAnswer>> {
    const group = await seenGroup(this.#console, caller, id);
    const acts = await findGroupActs(this.#console.store.rows, group.id);
    const nameOf = await peopleNames(
      this.#console,
      acts.map((it) => it.by),
    );
    return { acts: acts.map((it) => ({ ...it, by: nameOf(it.by), at: instantText(it.at) })) };
  }
}
