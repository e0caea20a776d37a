/** The thread that runs a target: whatever it throws ends it, and the watching thread tells. */
import { parentPort, workerData } from 'node:worker_threads';
import { Corpus } from './corpus.js';
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
  readonly blocks: number;
  readonly corpus: number;
}

const job = workerData as FuzzJob;
parentPort?.postMessage(await fuzz(job));

async function fuzz({ target: name, executions, seed, shared, input }: FuzzJob): Promise<FuzzTally> {
  const target = await TARGETS[name]();
  const current = new SharedInput(shared);
  const seeds = (input === null ? await target.seeds() : [input]).map((bytes) => bytes.subarray(0, INPUT_BYTES_MAX));
  const corpus = new Corpus(target, seeds, new Random(seed));
  const count = input === null ? executions : 1;
  for (let execution = 1; execution <= count; execution++) {
    const bytes = seeds[execution - 1] ?? corpus.next();
    current.begin(execution, bytes);
    await corpus.learn(bytes, await target.run(bytes));
  }
  return { executions: count, ...corpus.tally };
}
