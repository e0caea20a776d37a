import type { SqlTransaction } from '@crashkeep/ledger';

/**
 * Looks what fired since the last look and writes an alert for each; how many. Looking twice writes nothing twice: an occasion is
 * unique for its rule. A rule fires for nothing that was there before it was made.
 */
export async function raiseAlerts(tx: SqlTransaction): Promise<number> {
  return (await raiseNew(tx)) + (await raiseRegressions(tx)) + (await raiseSpikes(tx));
}

/** Reports know whole seconds, rules milliseconds. */
async function raiseNew(tx: SqlTransaction): Promise<number> {
  return tx.$executeRaw`INSERT INTO lenient.alert (id, rule_id, project, group_id, kind, occasion, count)
    SELECT gen_random_uuid(), r.id, g.project, g.id, 'new-signature', 'first', g.count
    FROM lenient.alert_rule r JOIN lenient.crash_group g ON g.project = r.project
    WHERE r.state = 'active' AND r.on_new AND g.first_seen >= date_trunc('second', r.made_at)
      AND g.first_seen > now() - interval '2 days' AND g.count > 0
    ON CONFLICT DO NOTHING`;
}

async function raiseRegressions(tx: SqlTransaction): Promise<number> {
  return tx.$executeRaw`INSERT INTO lenient.alert (id, rule_id, project, group_id, kind, occasion, count, fixed_in)
    SELECT gen_random_uuid(), r.id, g.project, g.id, 'regression', to_char(g.regressed_at, 'YYYYMMDDHH24MISSMS'), g.count,
      g.fixed_in
    FROM lenient.alert_rule r JOIN lenient.crash_group g ON g.project = r.project
    WHERE r.state = 'active' AND r.on_regression AND g.regressed_at >= r.made_at
      AND g.last_seen > now() - interval '30 days' AND g.regressed_at > now() - interval '2 days'
    ON CONFLICT DO NOTHING`;
}

/** Once a day for each group. One that is younger than yesterday is new, not rising. */
async function raiseSpikes(tx: SqlTransaction): Promise<number> {
  return tx.$executeRaw`
    WITH today AS (SELECT (now() AT TIME ZONE 'UTC')::date AS day),
    busy AS (
      SELECT d.project, d.group_id, d.count FROM lenient.group_day d, today
      WHERE d.day = today.day AND d.project IN
        (SELECT project FROM lenient.alert_rule WHERE state = 'active' AND on_spike)),
    past AS (
      SELECT d.group_id, sum(d.count)::float8 / 7 AS mean FROM lenient.group_day d, today
      WHERE d.day >= today.day - 7 AND d.day < today.day AND d.group_id IN (SELECT group_id FROM busy)
      GROUP BY d.group_id)
    INSERT INTO lenient.alert (id, rule_id, project, group_id, kind, occasion, count, baseline)
    SELECT gen_random_uuid(), r.id, b.project, b.group_id, 'spike', to_char(today.day, 'YYYYMMDD'), b.count,
      coalesce(p.mean, 0)
    FROM today, lenient.alert_rule r JOIN busy b ON b.project = r.project
      JOIN lenient.crash_group g ON g.id = b.group_id LEFT JOIN past p ON p.group_id = b.group_id
    WHERE r.state = 'active' AND r.on_spike AND b.count >= r.spike_least
      AND b.count >= r.spike_times * coalesce(p.mean, 0)
      AND g.first_seen < (today.day - 1)::timestamp AT TIME ZONE 'UTC'
    ON CONFLICT DO NOTHING`;
}
