import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { ScreenedTextWire, type ScreenedText } from '@crashkeep/report';
import type { LenientRows } from '../lenient-store.js';
import type { AlertChannel } from './alert-rules.js';

export interface AlertFacts {
  readonly id: string;
  readonly kind: 'new-signature' | 'regression' | 'spike';
  readonly project: ProjectId;
  readonly groupId: string;
  readonly signature: ScreenedText;
  readonly count: number;
  readonly baseline: number | null;
  readonly fixedIn: string | null;
  readonly raisedAt: Date;
}

/** An alert that is to be told now, and whom. */
export interface WaitingAlert extends AlertFacts {
  readonly ruleId: string;
  readonly channel: AlertChannel;
  readonly target: Uint8Array;
  readonly tries: number;
}

export interface ToldAlert extends AlertFacts {
  readonly state: 'waiting' | 'sent' | 'failed' | 'muted';
  readonly ruleName: string;
}

/** A rule tells at most so many in an hour; the rest are listed and not sent. */
const TOLD_AN_HOUR = 60;

/** Seconds to the next try, by how many were made: Standard Webhooks' schedule. After the last one it has failed. */
const AGAIN_AFTER = [5, 300, 1800, 7200, 18_000, 36_000, 50_400] as const;

interface AlertRow {
  id: string;
  rule_id: string;
  kind: AlertFacts['kind'];
  project: string;
  group_id: string;
  signature: string;
  count: bigint;
  baseline: number | null;
  fixed_in: string | null;
  raised_at: Date;
}

/**
 * Takes what is due for two minutes: another process takes others, and one that dies gives them back by time. A rule that has
 * told its hour's share has the rest muted.
 */
export async function takeAlerts(rows: LenientRows, atMost: number): Promise<WaitingAlert[]> {
  await mute(rows);
  const found = await rows.$queryRaw<
    (AlertRow & { channel: AlertChannel; target: Uint8Array; tries: number })[]
  >`WITH taken AS (
      UPDATE lenient.alert SET tries = tries + 1, next_try_at = now() + interval '2 minutes' WHERE id IN (
        SELECT a.id FROM lenient.alert a JOIN lenient.alert_rule r ON r.id = a.rule_id
        WHERE a.state = 'waiting' AND a.next_try_at <= now() AND r.state = 'active'
        ORDER BY a.next_try_at LIMIT ${atMost}::int FOR UPDATE OF a SKIP LOCKED)
      RETURNING *)
    SELECT t.*, g.signature, r.channel, r.target FROM taken t
      JOIN lenient.crash_group g ON g.id = t.group_id JOIN lenient.alert_rule r ON r.id = t.rule_id`;
  return found.map((row) => ({
    ...factsOf(row),
    ruleId: row.rule_id,
    channel: row.channel,
    target: row.target,
    tries: row.tries,
  }));
}

async function mute(rows: LenientRows): Promise<void> {
  await rows.$executeRaw`UPDATE lenient.alert SET state = 'muted' WHERE state = 'waiting' AND tries = 0 AND rule_id IN (
    SELECT rule_id FROM lenient.alert WHERE state = 'sent' AND sent_at > now() - interval '1 hour'
    GROUP BY rule_id HAVING count(*) >= ${TOLD_AN_HOUR}::int)`;
}

export async function alertSent(
  tx: SqlTransaction,
  { id, ruleId }: Pick<WaitingAlert, 'id' | 'ruleId'>,
): Promise<void> {
  await tx.$executeRaw`UPDATE lenient.alert SET state = 'sent', sent_at = now() WHERE id = ${id}::uuid`;
  await tx.$executeRaw`UPDATE lenient.alert_rule SET last_sent_at = now(), failing = NULL WHERE id = ${ruleId}::uuid`;
}

/** Tried again later, or given up. `code` says why, without a word of what the other side said. */
export async function alertNotSent(
  tx: SqlTransaction,
  alert: Pick<WaitingAlert, 'id' | 'ruleId' | 'tries'>,
  code: string,
): Promise<void> {
  const again = AGAIN_AFTER[alert.tries - 1] ?? null;
  await tx.$executeRaw`UPDATE lenient.alert SET state = ${again === null ? 'failed' : 'waiting'},
    next_try_at = now() + make_interval(secs => ${again ?? 0}::int) WHERE id = ${alert.id}::uuid`;
  await tx.$executeRaw`UPDATE lenient.alert_rule SET failing = ${code} WHERE id = ${alert.ruleId}::uuid`;
}

/** The newest of a project. */
export async function findAlerts(rows: LenientRows, project: ProjectId, atMost: number): Promise<ToldAlert[]> {
  const found = await rows.$queryRaw<(AlertRow & { state: ToldAlert['state']; rule_name: string })[]>`
    SELECT a.*, g.signature, r.name AS rule_name FROM lenient.alert a
      JOIN lenient.crash_group g ON g.id = a.group_id JOIN lenient.alert_rule r ON r.id = a.rule_id
    WHERE a.project = ${project} ORDER BY a.raised_at DESC, a.id LIMIT ${atMost}::int`;
  return found.map((row) => ({ ...factsOf(row), state: row.state, ruleName: row.rule_name }));
}

const factsOf = (row: AlertRow): AlertFacts => ({
  id: row.id,
  kind: row.kind,
  project: row.project as ProjectId,
  groupId: row.group_id,
  signature: ScreenedTextWire.parse(row.signature),
  count: Number(row.count),
  baseline: row.baseline,
  fixedIn: row.fixed_in,
  raisedAt: row.raised_at,
});
