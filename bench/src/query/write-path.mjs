// What a report's write costs with its words and counters, beside the row and its group's count alone.
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { PROJECT, trafficOf } from './traffic.mjs';

const REPORTS = 400;
const AT_ONCE = 2;

const functionName = (i) => {
  const area = ['net', 'gfx', 'js', 'layout', 'media', 'ipc', 'dom', 'storage'][i % 8];
  const thing = ['Channel', 'Buffer', 'Frame', 'Parser', 'Cache', 'Session', 'Worker'][i % 7];
  return `${area}::${thing}${i}::${['Open', 'Close', 'Read', 'Write', 'Flush', 'Update', 'Find'][Math.floor(i / 7) % 7]}`;
};

/** Reports a second, with and without. */
export async function measureWrites(store, url, functions) {
  const next = trafficOf(99, Date.now());
  const reports = Array.from({ length: 2 * REPORTS }, () => reportOf(next(), functions));
  const worker = store.openLenientStore(url, { connections: AT_ONCE });
  const pool = new pg.Pool({ connectionString: url, max: AT_ONCE });
  pool.on('error', () => undefined); // the server ends before its last idle connection has
  try {
    const full = await rateOf(reports.slice(0, REPORTS), (it) =>
      worker.transaction((tx) => store.writeReport(tx, it.report, PROJECT, { install: it.install })),
    );
    const bare = await rateOf(reports.slice(REPORTS), (it) => writeBare(pool, it));
    return { full, bare };
  } finally {
    await worker.close();
    await pool.end();
  }
}

async function rateOf(reports, write) {
  const begun = performance.now();
  let at = 0;
  const hand = async () => {
    while (at < reports.length) await write(reports[at++]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  return (reports.length * 1000) / (performance.now() - begun);
}

async function writeBare(pool, { report, group }) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT id FROM lenient.crash_group WHERE id = $1 FOR UPDATE', [group]);
    await client.query(
      `INSERT INTO lenient.report (id, project, group_id, received_at, dims_id, product, version, channel, os, cpu, format, threads, signature, body)
       VALUES ($1, $2, $3, to_timestamp($4), 1, $5, $6, $7, $8, $9, 'minidump', 1, $10, $11)`,
      [
        report.id,
        PROJECT,
        group,
        report.received_at,
        report.product,
        report.version,
        report.channel,
        report.os,
        report.cpu,
        report.signature,
        JSON.stringify(report),
      ],
    );
    await client.query(
      'UPDATE lenient.crash_group SET count = count + 1, last_seen = greatest(last_seen, to_timestamp($2)) WHERE id = $1',
      [group, report.received_at],
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

/** A LenientReport as the worker would write it. */
function reportOf(it, functions) {
  const frame = (word, index) => ({
    index,
    module: 'module1.dll',
    module_index: 0,
    module_offset: '0x0000000000001000',
    function: functionName(word),
    mangled: null,
    file: `src/${String(word % 500)}.cc`,
    line: 10,
    trust: 'cfi',
    inlines: [],
    unloaded_modules: [],
  });
  const modules = it.words
    .filter((word) => word > functions)
    .map((word) => ({
      name: `module${String(word - functions)}.dll`,
      version: '1.0',
      debug_file: null,
      debug_id: null,
      code_id: null,
      symbols_loaded: true,
    }));
  const report = {
    schema: 1,
    id: it.id,
    format: 'minidump',
    product: it.product,
    version: it.version,
    channel: it.channel,
    received_at: Math.floor(it.at / 1000),
    crashed_at: null,
    uptime: it.uptime,
    os: it.os,
    os_version: it.osVersion,
    cpu: it.cpu,
    cpu_info: null,
    cpu_count: it.cpuCount,
    crash_reason: it.reason,
    crash_address: null,
    crash_address_class: it.addressClass,
    crashing_thread: 0,
    threads: [{ index: 0, id: 1, name: null, frames: it.stack.map(frame), frames_withheld: 0, truncated: false }],
    modules,
    main_module: 0,
    unloaded_modules: [],
    signature: `${functionName(1 + (it.group % functions))} | group${String(it.group)}`,
    signature_algorithm: 1,
    signature_why: [],
    withheld: [],
    problems: [],
  };
  return { report, install: it.install, group: `00000000-0000-4000-8000-${it.group.toString(16).padStart(12, '0')}` };
}
