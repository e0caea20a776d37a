import { BlockCoverage } from './block-coverage.js';
import type { FuzzTarget } from './fuzz-target.js';
import { mutate } from './mutate.js';
import type { Random } from './random.js';
import { INPUT_BYTES_MAX } from './shared-input.js';

/** Inputs that are kept. Those that come later push out at random. */
const CORPUS_MAX = 4096;
const CORPUS_BYTES_MAX = 256 * 1024 * 1024;
/** Asking V8 what ran costs as much as some executions do: it is asked after so many, and of each only where there was news. */
const BATCH = 32;
/** One pick in so many is among those that came last: what reached new code is nearest to more of it. */
const RECENT = 32;

/** Inputs to damage: the seeds, and whatever reached code that none before it had, or came out as none had before. */
export class Corpus {
  readonly #target: FuzzTarget;
  readonly #random: Random;
  readonly #coverage: BlockCoverage;
  readonly #outcomes = new Set<string>();
  readonly #inputs: Uint8Array[];
  #bytes = 0;
  #batch: Uint8Array[] = [];

  constructor(target: FuzzTarget, seeds: readonly Uint8Array[], random: Random) {
    this.#target = target;
    this.#random = random;
    this.#inputs = [...seeds];
    this.#coverage = new BlockCoverage((url) => target.code.test(url));
  }

  get tally(): { readonly outcomes: number; readonly blocks: number; readonly corpus: number } {
    return { outcomes: this.#outcomes.size, blocks: this.#coverage.blocks, corpus: this.#inputs.length };
  }

  next(): Uint8Array {
    const inputs = this.#random.below(2) === 0 ? this.#inputs : this.#inputs.slice(-RECENT);
    return mutate(this.#random.pick(inputs), this.#random.pick(this.#inputs), this.#random, INPUT_BYTES_MAX);
  }

  /** Takes in what came out of `bytes`. */
  async learn(bytes: Uint8Array, outcome: string): Promise<void> {
    if (!this.#outcomes.has(outcome)) {
      this.#outcomes.add(outcome);
      this.#keep(bytes);
    }
    this.#batch.push(bytes);
    if (this.#batch.length >= BATCH) await this.#lookBack();
  }

  async #lookBack(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    const taken = this.#coverage.take();
    if (!this.#coverage.hasMore(taken)) return;
    for (const bytes of batch) {
      await this.#target.run(bytes);
      if (this.#coverage.add(this.#coverage.take())) this.#keep(bytes);
    }
    // Code that runs once, such as what fills a table, does not run again.
    this.#coverage.add(taken);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#inputs.includes(bytes)) return;
    const place =
      this.#inputs.length < CORPUS_MAX && this.#bytes < CORPUS_BYTES_MAX
        ? this.#inputs.length
        : this.#random.below(this.#inputs.length);
    this.#bytes += bytes.length - (this.#inputs[place]?.length ?? 0);
    this.#inputs[place] = bytes;
  }
}
