/** The thread that runs a target: whatever it throws ends it, and the watching thread tells. */
import { parentPort, workerData } from 'node:worker_threads';
import { mutate } from './mutate.js';
import { Random } from './random.js';
import { INPUT_BYTES_MAX, SharedInput } from './shared-input.js';
import { TARGETS, type TargetName } from './targets.js';

export interface FuzzJob {
  readonly target: TargetName;
  readonly executions: number;
  readonly seed: number;
  readonly shared: SharedArrayBuffer;
  /** One input to try alone, in place of mutations. */
  readonly input: Uint8Array | null;
}

export interface FuzzTally {
  readonly executions: number;
  readonly outcomes: number;
  readonly corpus: number;
}

/** Inputs that are kept because their outcome was new. Those that come later push out at random. */
const CORPUS_MAX = 4096;

const job = workerData as FuzzJob;
parentPort?.postMessage(await fuzz(job));

async function fuzz({ target: name, executions, seed, shared, input }: FuzzJob): Promise<FuzzTally> {
  const target = await TARGETS[name]();
  const current = new SharedInput(shared);
  const corpus = (input === null ? await target.seeds() : [input]).map((bytes) => bytes.subarray(0, INPUT_BYTES_MAX));
  const outcomes = new Set<string>();
  const random = new Random(seed);
  const count = input === null ? executions : 1;
  for (let execution = 1; execution <= count; execution++) {
    const seedInput = corpus[execution - 1];
    const bytes = seedInput ?? mutate(random.pick(corpus), random.pick(corpus), random, INPUT_BYTES_MAX);
    current.begin(execution, bytes);
    const outcome = await target.run(bytes);
    if (outcomes.has(outcome)) continue;
    outcomes.add(outcome);
    if (seedInput !== undefined) continue;
    if (corpus.length < CORPUS_MAX) corpus.push(bytes);
    else corpus[random.below(CORPUS_MAX)] = bytes;
  }
  return { executions: count, outcomes: outcomes.size, corpus: corpus.length };
}
