// The walk beside minidump-stackwalk, in one run: the same dumps, the same symbols, a process a dump and many dumps a process.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { FamilyUsage } from './memory.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixtures = join(process.env.CRASHKEEP_SHARED ?? join(root, '../shared'), 'fixtures');
const peer = process.env.CRASHKEEP_STACKWALK ?? join(homedir(), '.cache/crashkeep/bin/minidump-stackwalk');
const cli = join(root, 'apps/cli/bin/crashkeep.mjs');

export async function benchWalk(print) {
  if (!existsSync(fixtures))
    throw new Error('bench/walk needs the shared fixtures (CRASHKEEP_SHARED names their folder)');
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-bench-'));
  try {
    const symbols = unpackedSymbols(folder);
    const sets = { 'seven Chromium dumps': /^chromium__/, 'all own dumps': /^own__/ };
    for (const [label, pattern] of Object.entries(sets))
      await compare(print, label, unpackedDumps(folder, pattern), symbols);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Dumps that are walked, at least, once code is compiled and symbols are warm: the difference to a run that walks each once. */
const STEADY_DUMPS = 200;
/** A process a dump converts its symbols anew: some dumps from all over a set stand for all. */
const COLD_DUMPS = 12;

async function compare(print, label, dumps, symbols) {
  const command = (files) => [process.execPath, [cli, 'walk', '--json', '--symbols', symbols, ...files]];
  const repeats = Math.ceil(STEADY_DUMPS / dumps.length);
  const once = await timed(...command(dumps));
  const many = await timed(...command(Array.from({ length: repeats + 1 }, () => dumps).flat()));
  const few = dumps.filter((_, i) => i % Math.ceil(dumps.length / COLD_DUMPS) === 0);
  const cold = await each(few, (dump) => command([dump]));
  const theirs = existsSync(peer)
    ? await each(dumps, (dump) => [peer, ['--json', '--symbols-path', symbols, dump]])
    : null;
  if (theirs === null)
    console.error(
      'minidump-stackwalk is not here: `cargo install minidump-stackwalk` and CRASHKEEP_STACKWALK; no peer in this run',
    );
  const count = repeats * dumps.length;
  printRate(print, `${label}, steady state`, count / (many.seconds - once.seconds), theirs?.perSecond ?? null);
  printRate(print, `${label}, a process a dump`, cold.perSecond, theirs?.perSecond ?? null);
  const steadyCpu = ((many.processor - once.processor) * 1000) / count;
  printCost(print, `${label}, processor time a dump, steady`, steadyCpu, 'ms', theirs && theirs.processor * 1000);
  printCost(
    print,
    `${label}, processor time, a process a dump`,
    cold.processor * 1000,
    'ms',
    theirs && theirs.processor * 1000,
  );
  printCost(print, `${label}, peak memory, all processes`, many.memory, 'MB', theirs?.memory ?? null);
}

function printRate(print, figure, rate, reference) {
  print('walk', figure, rate, 'dumps/s', reference, reference && rate / reference);
}

function printCost(print, figure, cost, unit, reference) {
  print('walk', figure, cost, unit, reference, reference && reference / cost);
}

/** A process a dump; `processor` in seconds a dump. The first run of all fills the file cache and does not count. */
async function each(dumps, command) {
  await timed(...command(dumps[0]));
  let [seconds, processor, memory] = [0, 0, 0];
  for (const dump of dumps) {
    const one = await timed(...command(dump));
    seconds += one.seconds;
    processor += one.processor;
    memory = Math.max(memory, one.memory);
  }
  return { perSecond: dumps.length / seconds, processor: processor / dumps.length, memory };
}

/** Wall time; processor time and peak memory of the program and what it started. */
async function timed(program, args) {
  const before = process.hrtime.bigint();
  const shell = ['-c', 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1', 'bash', program, ...args];
  const child = spawn('bash', shell, { stdio: ['ignore', 'ignore', 'pipe'] });
  const usage = new FamilyUsage(child.pid);
  let times = '';
  child.stderr.on('data', (text) => (times += text));
  const watch = setInterval(() => usage.look(), 20);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  // bash counts exactly, but not a process that was killed at the end and that nobody waited for.
  const [user, system] = times.trim().split(' ').map(Number);
  return { seconds, processor: Math.max(user + system, usage.processorSeconds), memory: usage.megabytes };
}

function unpackedDumps(folder, pattern) {
  const names = readdirSync(join(fixtures, 'minidumps')).filter((name) => pattern.test(name));
  return names.map((name) => {
    const source = join(fixtures, 'minidumps', name);
    if (!name.endsWith('.gz')) return source;
    const target = join(folder, name.slice(0, -3));
    writeFileSync(target, gunzipSync(readFileSync(source)));
    return target;
  });
}

function unpackedSymbols(folder) {
  const [source, target] = [join(fixtures, 'symbols'), join(folder, 'symbols')];
  for (const path of filesUnder(source)) {
    const copy = join(target, relative(source, path));
    mkdirSync(dirname(copy), { recursive: true });
    if (path.endsWith('.gz')) writeFileSync(copy.slice(0, -3), gunzipSync(readFileSync(path)));
    else writeFileSync(copy, readFileSync(path));
  }
  return target;
}

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
