import { alertSentence } from '@crashkeep/alerts';
import type { AlertRule, ToldAlert } from '@crashkeep/lenient-store';
import { ScreenedTextWire } from '@crashkeep/report';
import type { z } from 'zod';
import { instantOrNull, instantText } from '../http/words.js';
import type { AlertRuleAnswer, AlertsAnswer } from './alerts-wire.js';

export const ruleAnswer = (rule: AlertRule): z.input<typeof AlertRuleAnswer> => ({
  id: rule.id,
  project: rule.project,
  name: rule.name,
  channel: rule.channel,
  target: rule.targetShown,
  on_new: rule.onNew,
  on_regression: rule.onRegression,
  on_spike: rule.onSpike,
  spike_least: rule.spikeLeast,
  spike_times: rule.spikeTimes,
  state: rule.state,
  made_at: instantText(rule.madeAt),
  last_sent_at: instantOrNull(rule.lastSentAt),
  failing: rule.failing,
});

export const alertAnswer = (alert: ToldAlert): z.input<typeof AlertsAnswer>['alerts'][number] => ({
  id: alert.id,
  kind: alert.kind,
  group: alert.groupId,
  signature: alert.signature,
  why: alertSentence({
    kind: alert.kind,
    count: alert.count,
    baseline: alert.baseline,
    fixed_in: alert.fixedIn === null ? null : ScreenedTextWire.parse(alert.fixedIn),
  }),
  rule: alert.ruleName,
  state: alert.state,
  raised_at: instantText(alert.raisedAt),
});
