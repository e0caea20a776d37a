/**
 * `npm run fuzz -- TARGET [--executions N] [--seed S] [--input FILE]`: damages inputs of a target and tries each. Whatever is not the
 * package's own closed error, or takes more than its time or memory, fails: the seed and the execution's number are printed, and the
 * input is kept in the machine's folder for temporary files, to be tried again with --input.
 *
 * An in-process mutational fuzzer, guided by coverage: an input that reaches a block of code that none reached before it (V8's own
 * block coverage, through node:inspector), or whose class of outcome is new, joins the corpus. jazzer.js 4 was tried: its prebuilt
 * addon asks for glibc 2.38, and Debian 12 has 2.36.
 * Inputs begin from synth and, where they are, the shared fixtures. The same seed makes the same inputs while the seeds are the same.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { FuzzJob, FuzzTally } from './fuzz-thread.js';
import { SharedInput } from './shared-input.js';
import { isTargetName, type TargetName, TARGETS } from './targets.js';

/** Processor time that one input may take. What a walk's child has is ten; these inputs are small. */
const SECONDS_MAX = 5;
const HEAP_MEGABYTES_MAX = 512;
const RESIDENT_BYTES_MAX = 1536 * 1024 * 1024;
const LOOK_EVERY_MILLISECONDS = 500;

interface Failure {
  readonly what: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    executions: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    input: { type: 'string' },
  },
});
const [name = ''] = positionals;
const executions = Number(values.executions);
const seed = values.seed === undefined ? Date.now() % 0x1_0000_0000 : Number(values.seed);
if (!isTargetName(name) || !(executions > 0) || Number.isNaN(seed)) {
  console.error(`usage: npm run fuzz -- ${Object.keys(TARGETS).join('|')} [--executions N] [--seed S] [--input FILE]`);
  process.exit(2);
}
process.exit(await run(name, values.input === undefined ? null : readFileSync(values.input)));

async function run(target: TargetName, input: Uint8Array | null): Promise<number> {
  const shared = new SharedInput();
  const started = Date.now();
  const outcome = await watched({ target, executions, seed, shared: shared.memory, input }, shared);
  const seconds = (Date.now() - started) / 1000;
  if (!('what' in outcome)) {
    const rate = Math.round(outcome.executions / seconds);
    console.log(
      `${target}: ${String(outcome.executions)} executions, ${String(outcome.blocks)} blocks, ${String(outcome.outcomes)} outcomes, nothing found (seed ${String(seed)}, ${String(rate)} a second)`,
    );
    return 0;
  }
  const path = keep(target, shared);
  console.error(outcome.what);
  console.error(
    `${target}: failed at execution ${String(shared.execution)} of seed ${String(seed)}; its input is ${path}`,
  );
  return 1;
}

/** Runs the job in a thread of its own; ends it where an input takes too long or too much. */
function watched(job: FuzzJob, shared: SharedInput): Promise<FuzzTally | Failure> {
  return new Promise((resolve) => {
    const thread = new Worker(new URL('fuzz-thread.js', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
    });
    let [seen, since] = [0, process.cpuUsage()];
    const end = (outcome: FuzzTally | Failure): void => {
      clearInterval(watch);
      void thread.terminate();
      resolve(outcome);
    };
    const watch = setInterval(() => {
      if (shared.execution !== seen) [seen, since] = [shared.execution, process.cpuUsage()];
      const { user, system } = process.cpuUsage(since);
      if (seen > 0 && (user + system) / 1e6 > SECONDS_MAX) end({ what: 'one input takes too long' });
      if (process.memoryUsage.rss() > RESIDENT_BYTES_MAX) end({ what: 'too much memory' });
    }, LOOK_EVERY_MILLISECONDS);
    thread.once('message', (tally: FuzzTally) => {
      end(tally);
    });
    thread.once('error', (error) => {
      end({ what: error.stack ?? String(error) });
    });
  });
}

function keep(target: TargetName, shared: SharedInput): string {
  const folder = join(tmpdir(), 'crashkeep-fuzz');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${target}-${String(seed)}-${String(shared.execution)}`);
  writeFileSync(path, shared.bytes);
  return path;
}
