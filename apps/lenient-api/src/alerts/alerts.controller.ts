import { randomUUID } from 'node:crypto';
import {
  type AlertRule,
  createAlertRule,
  findAlertRule,
  findAlertRules,
  findAlerts,
  removeAlertRule,
  setAlertRuleState,
} from '@crashkeep/lenient-store';
import { PersonIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { type Caller, CurrentCaller, Policy, refused } from '@crashkeep/platform';
import { ScreenedTextWire } from '@crashkeep/report';
import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CONSOLE, type Console } from '../console.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { consoleProblem } from '../http/console-error.js';
import { ProjectQuery } from '../http/words.js';
import { personOf, requireManage, requireRead } from '../rights.js';
import { alertAnswer, ruleAnswer } from './alert-answers.js';
import { AlertPostError } from './alert-post-error.js';
import {
  AlertRuleChange,
  AlertRulePath,
  AlertRulesAnswer,
  AlertsAnswer,
  NewAlertRuleAnswer,
  NewAlertRuleBody,
} from './alerts-wire.js';
import { shownTarget } from './shown-target.js';

const SHOWN = 100;

/** Who is told, outside, when a signature is new, comes back or rises. */
@Controller('api/v1')
export class AlertsController {
  readonly #console: Console;

  constructor(@Inject(CONSOLE) console: Console) {
    this.#console = console;
  }

  @Get('alert-rules')
  @Policy({ door: 'session' })
  @Answers(AlertRulesAnswer, 'Rules of a project; of an address only what may be shown.')
  async rules(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ProjectQuery }) { project }: z.infer<typeof ProjectQuery>,
  ): Promise<z.input<typeof AlertRulesAnswer>> {
    requireRead(caller, project);
    const { store, alerts } = this.#console;
    return { rules: (await findAlertRules(store.rows, project)).map(ruleAnswer), mail: alerts.post.mailIsOn };
  }

  @Get('alerts')
  @Policy({ door: 'session-or-token', classes: ['read'] })
  @Answers(AlertsAnswer, 'The newest hundred alerts of a project, each with why it fired.')
  async alerts(
    @CurrentCaller() caller: Caller,
    @Query({ schema: ProjectQuery }) { project }: z.infer<typeof ProjectQuery>,
  ): Promise<z.input<typeof AlertsAnswer>> {
    requireRead(caller, project);
    return { alerts: (await findAlerts(this.#console.store.rows, project, SHOWN)).map(alertAnswer) };
  }

  @Post('alert-rules')
  @Policy({ door: 'session' })
  @Answers(NewAlertRuleAnswer, "The rule's id and, for a webhook, the secret of its signatures, told here only.", 201)
  async make(
    @CurrentCaller() caller: Caller,
    @Body({ schema: NewAlertRuleBody }) body: z.infer<typeof NewAlertRuleBody>,
  ): Promise<z.input<typeof NewAlertRuleAnswer>> {
    const me = personOf(caller);
    requireManage(me, body.project);
    const { store, alerts } = this.#console;
    if (body.channel === 'email' && !alerts.post.mailIsOn) throw consoleProblem('alerts.mail-off');
    const by = PersonIdText.parse(me.personId);
    const id = await store.transaction(async (rows) => {
      const made = await createAlertRule(rows, { ...ruleOf(body), target: alerts.seal.close(body.target), madeBy: by });
      if (made === null) throw consoleProblem('alerts.too-many-rules');
      const { project, channel } = body;
      await appendLeaf(rows, 'lenient-api', { act: 'alert-rule.made', rule: made, project, channel, by });
      return made;
    });
    return { id, secret: body.channel === 'webhook' ? alerts.post.secretOf(id) : null };
  }

  @Patch('alert-rules/:id')
  @Policy({ door: 'session' })
  @AnswersNothing('Paused, or active again.')
  async change(
    @CurrentCaller() caller: Caller,
    @Param({ schema: AlertRulePath }) { id }: z.infer<typeof AlertRulePath>,
    @Body({ schema: AlertRuleChange }) { state }: z.infer<typeof AlertRuleChange>,
  ): Promise<void> {
    const { rule, by } = await this.#managed(caller, id);
    const act = state === 'paused' ? 'alert-rule.paused' : 'alert-rule.resumed';
    await this.#console.store.transaction(async (rows) => {
      if (!(await setAlertRuleState(rows, id, state))) return;
      await appendLeaf(rows, 'lenient-api', { act, rule: id, project: rule.project, channel: rule.channel, by });
    });
  }

  @Delete('alert-rules/:id')
  @Policy({ door: 'session' })
  @AnswersNothing('Removed, with what waited to be told by it.')
  async remove(
    @CurrentCaller() caller: Caller,
    @Param({ schema: AlertRulePath }) { id }: z.infer<typeof AlertRulePath>,
  ): Promise<void> {
    const { rule, by } = await this.#managed(caller, id);
    const { project, channel } = rule;
    await this.#console.store.transaction(async (rows) => {
      if (!(await removeAlertRule(rows, id))) return;
      await appendLeaf(rows, 'lenient-api', { act: 'alert-rule.removed', rule: id, project, channel, by });
    });
  }

  @Post('alert-rules/:id/try')
  @Policy({ door: 'session' })
  @AnswersNothing('An alert that is only a try was told.')
  async try(
    @CurrentCaller() caller: Caller,
    @Param({ schema: AlertRulePath }) { id }: z.infer<typeof AlertRulePath>,
  ): Promise<void> {
    const { rule } = await this.#managed(caller, id);
    try {
      await this.#console.alerts.post.send({
        ruleId: rule.id,
        channel: rule.channel,
        target: rule.target,
        id: randomUUID(),
        kind: 'new-signature',
        project: rule.project,
        groupId: NO_GROUP,
        signature: ScreenedTextWire.parse('A try from Crashkeep'),
        count: 0,
        baseline: null,
        fixedIn: null,
        raisedAt: new Date(),
      });
    } catch (error) {
      if (error instanceof AlertPostError) throw consoleProblem(error.code);
      throw error;
    }
  }

  async #managed(caller: Caller, id: string): Promise<{ readonly rule: AlertRule; readonly by: PersonIdText }> {
    const me = personOf(caller);
    const rule = await findAlertRule(this.#console.store.rows, id);
    if (rule === null) throw refused.notFound();
    requireManage(me, rule.project);
    return { rule, by: PersonIdText.parse(me.personId) };
  }
}

const NO_GROUP = '00000000-0000-4000-8000-000000000000';
type PersonIdText = z.infer<typeof PersonIdText>;

const ruleOf = (body: z.infer<typeof NewAlertRuleBody>) => ({
  project: body.project,
  name: body.name,
  channel: body.channel,
  targetShown: shownTarget(body.channel, body.target),
  onNew: body.on_new,
  onRegression: body.on_regression,
  onSpike: body.on_spike,
  spikeLeast: body.spike_least,
  spikeTimes: body.spike_times,
});
