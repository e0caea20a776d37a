// The console's questions over generated reports: `npm run bench -- query --rows 1000000`. A database of its own, loaded by COPY.
import { performance } from 'node:perf_hooks';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, createRoles, migrateDatabase, ROLES } from '../../libs/common/database/dist/index.js';
import {
  findBinaries,
  placeBinaries,
  serviceUser,
  startLocalPostgres,
} from '../../libs/common/local-postgres/dist/index.js';
import * as query from '../../libs/lenient/query/dist/index.js';
import * as store from '../../libs/lenient/lenient-store/dist/index.js';
import { questionsOf } from './query/ask.mjs';
import { loadReports } from './query/load.mjs';
import { FUNCTIONS } from './query/traffic.mjs';
import { measureWrites } from './query/write-path.mjs';

const ROUNDS = 60;
/** What a small server of two cores would be given. Plans of what takes long go to the server's log. */
const SETTINGS = {
  shared_buffers: '1GB',
  work_mem: '32MB',
  effective_cache_size: '4GB',
  max_wal_size: '8GB',
  random_page_cost: '1.1',
  jit: 'off',
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '100ms',
};

export async function benchQuery(print, words) {
  const rows = Number(valueOf(words, '--rows') ?? 1_000_000);
  const home = mkdtempSync(join(tmpdir(), 'crashkeep-bench-'));
  chmodSync(home, 0o777);
  const user = serviceUser();
  const password = randomBytes(16).toString('hex');
  const binaries = placeBinaries(findBinaries(), user, home);
  const server = await startLocalPostgres({ binaries, user, folder: home, password, settings: SETTINGS });
  try {
    await measure(print, server, password, rows);
  } finally {
    await server.stop();
    const plans = valueOf(words, '--plans');
    if (plans !== null) writeFileSync(plans, readFileSync(join(home, 'postgresql.log')));
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(print, server, password, rows) {
  const admin = server.urlFor('postgres', password, 'postgres');
  const passwords = Object.fromEntries(ROLES.map((role) => [role, randomBytes(16).toString('hex')]));
  await createRoles(admin, passwords);
  await createDatabase(admin, 'bench');
  await migrateDatabase(server.urlFor('ck_owner', passwords.ck_owner, 'bench'));
  const end = Date.now();
  const seconds = await loadReports(server.urlFor('postgres', password, 'bench'), rows, end);
  for (const [step, value] of Object.entries(seconds)) print('query', `load: ${step}, ${rows} reports`, value, 's');
  const reader = store.openLenientStore(server.urlFor('ck_lenient_api', passwords.ck_lenient_api, 'bench'));
  try {
    for (const [name, ask] of Object.entries(questionsOf(store, query, reader.rows, end))) {
      const times = await timesOf(ask);
      print('query', `${name}: p50`, times[Math.floor(times.length / 2)], 'ms');
      print('query', `${name}: p95`, times[Math.floor(times.length * 0.95)], 'ms');
    }
  } finally {
    await reader.close();
  }
  const { full, bare } = await measureWrites(
    store,
    server.urlFor('ck_worker', passwords.ck_worker, 'bench'),
    FUNCTIONS,
  );
  print('query', 'writes with words and counters, two at once', full, 'reports/s', bare, full / bare);
}

/** Sorted, in milliseconds. The first three warm the connection. */
async function timesOf(ask) {
  for (let i = 0; i < 3; i++) await ask();
  const times = [];
  for (let i = 0; i < ROUNDS; i++) {
    const begun = performance.now();
    await ask();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b);
}

const valueOf = (words, name) => (words.includes(name) ? words[words.indexOf(name) + 1] : null);
