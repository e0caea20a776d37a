// The walk beside rust-minidump, in one run on the same dumps and symbols: its command, a process a dump, and its library in a loop.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireFixtures, root, unpackedDumps, unpackedSymbols } from './walk/inputs.mjs';
import { stackwalkCommand, warmLoop, warmLoopProgram } from './walk/peers.mjs';
import { processEach, timed } from './walk/timed.mjs';

const cli = join(root, 'apps/cli/bin/crashkeep.mjs');
const SETS = { 'seven Chromium dumps': /^chromium__/, 'all own dumps': /^own__/ };
/** Dumps that are walked, at least, once code is compiled and symbols are warm. */
const STEADY_DUMPS = 600;
/** Where a process a dump converts its symbols anew, some dumps from all over a set stand for all. */
const UNCACHED_DUMPS = 12;

export async function benchWalk(print) {
  requireFixtures();
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-bench-'));
  try {
    const symbols = unpackedSymbols(folder);
    const peers = { command: stackwalkCommand(symbols), loop: warmLoopProgram() };
    for (const [label, pattern] of Object.entries(SETS))
      await compare(print, label, unpackedDumps(folder, pattern), symbols, peers, folder);
    const all = await steady(symbols, 1, unpackedDumps(folder, /./));
    printRounds(print, 'all fixtures', all);
    await benchFullDumps(print);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(print, label, dumps, symbols, { command, loop }, folder) {
  const rounds = Math.ceil(STEADY_DUMPS / dumps.length);
  const ours = await steady(symbols, rounds, dumps);
  const theirs = command && (await processEach(dumps, command));
  const warm = loop && (await warmLoop(loop, symbols, rounds, dumps));
  const { local, vault } = ours;
  const perSecond = local.walked / local.seconds;
  const milliseconds = local.milliseconds / local.walked;
  printRate(print, `${label}, steady, beside the command`, perSecond, theirs?.perSecond);
  printRate(print, `${label}, steady, beside the warm library`, perSecond, warm?.perSecond);
  printCost(print, `${label}, processor, steady, command`, milliseconds, 'ms', theirs && theirs.processor * 1000);
  printCost(print, `${label}, processor, steady, library`, milliseconds, 'ms', warm?.milliseconds);
  printCost(print, `${label}, peak memory, steady`, ours.memory, 'MB', theirs?.memory);
  await compareCold(print, label, dumps, symbols, theirs, folder);
  const bytes = local.costs.reduce((sum, { dumpBytes }) => sum + dumpBytes, 0) / local.costs.length;
  print('walk', `${label}, read of a dump`, bytes / 1000, 'kB');
  const store = vault.seconds / vault.walked / (local.seconds / local.walked);
  print('walk', `${label}, through the sealed store : local file`, store, 'times');
}

/** `crashkeep walk` as a process a dump: with the forms that it keeps on disk, and without. */
async function compareCold(print, label, dumps, symbols, theirs, folder) {
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'caches') };
  const command =
    (...options) =>
    (dump) => [process.execPath, cli, 'walk', '--json', ...options, '--symbols', symbols, dump];
  await timed([...command()(dumps[0]), ...dumps.slice(1)], env);
  const kept = await processEach(dumps, command(), env);
  const few = dumps.filter((_, i) => i % Math.ceil(dumps.length / UNCACHED_DUMPS) === 0);
  const anew = await processEach(few, command('--no-cache'), env);
  printRate(print, `${label}, a process a dump`, kept.perSecond, theirs?.perSecond);
  printCost(
    print,
    `${label}, processor, a process a dump`,
    kept.processor * 1000,
    'ms',
    theirs && theirs.processor * 1000,
  );
  printCost(print, `${label}, peak memory, a process a dump`, kept.memory, 'MB', theirs?.memory);
  printRate(print, `${label}, a process a dump, --no-cache`, anew.perSecond, theirs?.perSecond);
}

async function steady(symbols, rounds, dumps) {
  const program = fileURLToPath(new URL('walk/steady-loop.mjs', import.meta.url));
  const { printed, memory } = await timed([process.execPath, program, symbols, String(rounds), ...dumps]);
  return { ...JSON.parse(printed.trim().split('\n').at(-1)), memory };
}

/** Between child and parent, of a dump: a symbol form that a child has not seen yet costs rounds of its own. */
function printRounds(print, label, { first, local }) {
  const percentile = (costs) =>
    costs.map(({ rounds }) => rounds).sort((a, b) => a - b)[Math.ceil(costs.length * 0.99) - 1];
  print('walk', `${label}, rounds at the 99th percentile, warm`, percentile(local.costs), 'rounds');
  print('walk', `${label}, rounds at the 99th percentile, first`, percentile(first), 'rounds');
}

async function benchFullDumps(print) {
  const program = fileURLToPath(new URL('walk/full-dumps.mjs', import.meta.url));
  const { printed } = await timed([process.execPath, program]);
  const found = JSON.parse(printed);
  for (const [size, { megabytes, above }] of Object.entries(found)) {
    const label = size === '0' ? 'small dump' : `the same with ${size} MB`;
    print('walk', `${label}, decrypted`, megabytes, 'MB');
    print('walk', `${label}, memory above the idle worker`, above, 'MB');
  }
}

function printRate(print, figure, rate, reference = null) {
  print('walk', figure, rate, 'dumps/s', reference, reference && rate / reference);
}

function printCost(print, figure, cost, unit, reference = null) {
  print('walk', figure, cost, unit, reference, reference && reference / cost);
}
