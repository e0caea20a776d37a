// Loads generated reports by COPY, without indexes; then makes these, and the counters as the write path would have left them.
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DAYS, FUNCTIONS, GROUPS, MODULES, PROJECT, trafficOf } from './traffic.mjs';

const INDEXES = ['report_project_received_at_id_idx', 'report_group_id_received_at_id_idx', 'report_words_idx'];
const BATCH = 2000;
const groupUuid = (g) => `00000000-0000-4000-8000-${g.toString(16).padStart(12, '0')}`;

/** `rows` reports that end at `end` (milliseconds since 1970). Gives seconds by step. */
export async function loadReports(adminUrl, rows, end) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const seconds = {};
  const step = async (name, act) => {
    const begun = performance.now();
    await act();
    seconds[name] = (performance.now() - begun) / 1000;
  };
  try {
    await client.query("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET search_path = lenient");
    await step('prepare', () => prepare(client, end));
    const definitions = await dropIndexes(client);
    const dims = new Map();
    await step('copy', () => copyReports(client, rows, end, dims));
    await step('counters', () => makeCounters(client, dims));
    await step('indexes', () => makeIndexes(client, definitions));
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
  return seconds;
}

async function prepare(client, end) {
  await client.query(
    'SELECT make_report_partition(month::date) FROM generate_series($1::timestamptz, $2, $3::interval) AS month',
    [new Date(end - DAYS * 86_400_000), new Date(end), '10 days'],
  );
  await client.query(
    `INSERT INTO word (id, project, kind, text) SELECT i, $1, 'function',
       (ARRAY['net','gfx','js','layout','media','ipc','dom','storage'])[1 + i % 8] || '::' ||
       (ARRAY['Channel','Buffer','Frame','Parser','Cache','Session','Worker'])[1 + i % 7] || i || '::' ||
       (ARRAY['Open','Close','Read','Write','Flush','Update','Find'])[1 + (i / 7) % 7] FROM generate_series(1, $2::int) AS i`,
    [PROJECT, FUNCTIONS],
  );
  await client.query(
    `INSERT INTO word (id, project, kind, text) SELECT $2::int + i, $1, 'module', 'module' || i || '.dll' FROM generate_series(1, $3::int) AS i`,
    [PROJECT, FUNCTIONS, MODULES],
  );
  await client.query("SELECT setval('word_id_seq', $1)", [FUNCTIONS + MODULES]);
  await client.query(
    `INSERT INTO crash_group (id, project, signature, algorithm, first_seen, last_seen)
     SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, $1,
       (SELECT w.text FROM word AS w WHERE w.id = 1 + g % $3::int) || ' | group' || g, 1, now(), now()
     FROM generate_series(0, $2::int - 1) AS g`,
    [PROJECT, GROUPS, FUNCTIONS],
  );
}

async function dropIndexes(client) {
  const { rows } = await client.query('SELECT indexdef FROM pg_indexes WHERE schemaname = $1 AND indexname = ANY($2)', [
    'lenient',
    INDEXES,
  ]);
  await client.query(INDEXES.map((it) => `DROP INDEX ${it};`).join(' '));
  await client.query('ALTER TABLE report DROP CONSTRAINT report_pkey');
  return rows.map((it) => it.indexdef);
}

async function copyReports(client, rows, end, dims) {
  const next = trafficOf(20_261_125, end);
  const sink = client.query(
    copyFrom(`COPY report (id, project, group_id, received_at, dims_id, product, version, channel, os, os_version, cpu, crash_reason,
      address_class, format, uptime, cpu_count, threads, install, signature, words, stack, body) FROM STDIN`),
  );
  await pipeline(Readable.from(batches(rows, next, dims)), sink);
}

function* batches(rows, next, dims) {
  for (let done = 0; done < rows; done += BATCH) {
    let text = '';
    for (let i = 0; i < Math.min(BATCH, rows - done); i++) text += line(next(), dims);
    yield text;
  }
}

const cell = (value) => (value === null ? '\\N' : String(value));

function line(it, dims) {
  const key = [it.product, it.version, it.channel, it.os, it.cpu].join('\t');
  if (!dims.has(key)) dims.set(key, dims.size + 1);
  const at = new Date(it.at).toISOString();
  return (
    [
      it.id,
      PROJECT,
      groupUuid(it.group),
      at,
      dims.get(key),
      it.product,
      it.version,
      it.channel,
      it.os,
      it.osVersion,
      it.cpu,
      it.reason,
      it.addressClass,
      'minidump',
      it.uptime,
      it.cpuCount,
      it.threads,
      it.install,
      `group${it.group}`,
      `{${it.words.join(',')}}`,
      `{${it.stack.join(',')}}`,
      '{}',
    ]
      .map(cell)
      .join('\t') + '\n'
  );
}

async function makeCounters(client, dims) {
  const values = [...dims].map(([key, id]) => [id, ...key.split('\t')]);
  await client.query(
    `INSERT INTO dims (id, project, product, version, channel, os, cpu)
     SELECT i::int, $1, p, v, c, o, u FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS x (i, p, v, c, o, u)`,
    [PROJECT, ...[0, 1, 2, 3, 4, 5].map((at) => values.map((it) => String(it[at])))],
  );
  await client.query("SELECT setval('dims_id_seq', $1)", [dims.size]);
  await client.query("SET work_mem = '1GB'");
  await client.query(`INSERT INTO group_dims_day (project, day, group_id, dims_id, count)
    SELECT project, (received_at AT TIME ZONE 'UTC')::date AS day, group_id, dims_id, count(*) FROM report GROUP BY 1, 2, 3, 4 ORDER BY 2, 3`);
  await client.query(`INSERT INTO group_day (project, day, group_id, count)
    SELECT project, day, group_id, sum(count) FROM group_dims_day GROUP BY 1, 2, 3 ORDER BY 2, 3`);
  await client.query(`INSERT INTO project_day (project, day, dims_id, shard, count)
    SELECT project, day, dims_id, 0, sum(count) FROM group_dims_day GROUP BY 1, 2, 3`);
  await client.query(`INSERT INTO group_install_day (group_id, day, installs)
    SELECT group_id, day, (array_agg(install ORDER BY install))[1:256] FROM (SELECT DISTINCT group_id,
      (received_at AT TIME ZONE 'UTC')::date AS day, install FROM report) AS told GROUP BY 1, 2`);
  await client.query(`UPDATE crash_group AS g SET count = r.count, first_seen = r.first, last_seen = r.last FROM (
    SELECT group_id, count(*) AS count, min(received_at) AS first, max(received_at) AS last FROM report GROUP BY 1) AS r WHERE g.id = r.group_id`);
}

async function makeIndexes(client, definitions) {
  await client.query('ALTER TABLE report ADD CONSTRAINT report_pkey PRIMARY KEY (id, received_at)');
  for (const definition of definitions) await client.query(definition.replace(' ON ONLY ', ' ON '));
}
