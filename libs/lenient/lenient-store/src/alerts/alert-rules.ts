import { randomUUID } from 'node:crypto';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import type { LenientRows } from '../lenient-store.js';

export type AlertChannel = 'webhook' | 'email' | 'slack';

/** When a rule fires. */
export interface AlertOccasions {
  readonly onNew: boolean;
  readonly onRegression: boolean;
  readonly onSpike: boolean;
  /** A spike: today's reports are at least so many, … */
  readonly spikeLeast: number;
  /** … and so many times the mean of the seven days before. */
  readonly spikeTimes: number;
}

export interface NewAlertRule extends AlertOccasions {
  readonly project: ProjectId;
  readonly name: string;
  readonly channel: AlertChannel;
  /** The address, sealed by the app. */
  readonly target: Uint8Array;
  readonly targetShown: string;
  readonly madeBy: PersonId;
}

export interface AlertRule extends AlertOccasions {
  readonly id: string;
  readonly project: ProjectId;
  readonly name: string;
  readonly channel: AlertChannel;
  readonly target: Uint8Array;
  readonly targetShown: string;
  readonly state: 'active' | 'paused';
  readonly madeAt: Date;
  readonly lastSentAt: Date | null;
  readonly failing: string | null;
}

/** A project has at most so many. */
export const ALERT_RULES_MAX = 50;

/** Its id; null where the project has as many as it may. */
export async function createAlertRule(rows: LenientRows, rule: NewAlertRule): Promise<string | null> {
  const id = randomUUID();
  const made = await rows.$executeRaw`INSERT INTO lenient.alert_rule
      (id, project, name, channel, target, target_shown, on_new, on_regression, on_spike, spike_least, spike_times, made_by)
    SELECT ${id}::uuid, ${rule.project}, ${rule.name}, ${rule.channel}, ${Buffer.from(rule.target)}, ${rule.targetShown},
      ${rule.onNew}, ${rule.onRegression}, ${rule.onSpike}, ${rule.spikeLeast}::int, ${rule.spikeTimes}::int,
      ${rule.madeBy}::uuid
    WHERE (SELECT count(*) FROM lenient.alert_rule WHERE project = ${rule.project}) < ${ALERT_RULES_MAX}::int`;
  return made === 1 ? id : null;
}

/** By name. */
export async function findAlertRules(rows: LenientRows, project: ProjectId): Promise<AlertRule[]> {
  const found = await rows.alert_rule.findMany({ where: { project }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return found.map(ruleOf);
}

export async function findAlertRule(rows: LenientRows, id: string): Promise<AlertRule | null> {
  const found = await rows.alert_rule.findUnique({ where: { id } });
  return found === null ? null : ruleOf(found);
}

/** False where it is so already, or gone. */
export async function setAlertRuleState(rows: LenientRows, id: string, state: AlertRule['state']): Promise<boolean> {
  const { count } = await rows.alert_rule.updateMany({
    where: { id, state: { not: state } },
    data: { state, ...(state === 'active' ? { failing: null } : {}) },
  });
  return count === 1;
}

/** With what waits to be told by it. */
export async function removeAlertRule(rows: LenientRows, id: string): Promise<boolean> {
  await rows.alert.deleteMany({ where: { rule_id: id } });
  const { count } = await rows.alert_rule.deleteMany({ where: { id } });
  return count === 1;
}

type RuleRow = NonNullable<Awaited<ReturnType<LenientRows['alert_rule']['findUnique']>>>;

const ruleOf = (row: RuleRow): AlertRule => ({
  id: row.id,
  project: row.project as ProjectId,
  name: row.name,
  channel: row.channel as AlertChannel,
  target: row.target,
  targetShown: row.target_shown,
  onNew: row.on_new,
  onRegression: row.on_regression,
  onSpike: row.on_spike,
  spikeLeast: row.spike_least,
  spikeTimes: row.spike_times,
  state: row.state as AlertRule['state'],
  madeAt: row.made_at,
  lastSentAt: row.last_sent_at,
  failing: row.failing,
});
