import { Buffer } from 'node:buffer';
import { Ask, Reply } from '../wire/frame.js';
import { type ChildJob, decodeJob } from '../wire/job.js';
import { FORM_PIECE_BYTES_MAX } from '../wire/limits.js';
import { type ChildFailure, isChildFailure } from '../walk-error.js';
import { AskParent, ParentGone } from './ask-parent.js';
import { ChildError } from './child-error.js';
import { convertSymbols } from './convert-symbols.js';
import { FormShelf } from './form-shelf.js';
import type { ParentPipe } from './parent-pipe.js';
import { PipeSource } from './pipe-source.js';
import type { screenInChild } from './screen-dump.js';
import { StreamSource } from './stream-source.js';
import { walkDump } from './walk-dump.js';

/** What only some kinds of children need, loaded before the walls: behind them no file can be opened. */
export interface ChildTools {
  readonly demangle: (name: string) => string;
  readonly screen: typeof screenInChild | null;
}

const DUMP_READ_AHEAD = 256 * 1024;
const DUMP = 0;

/** Does one job after another until the parent goes. */
export class JobAnswerer {
  readonly #pipe: ParentPipe;
  readonly #ask: AskParent;
  readonly #forms: FormShelf;
  readonly #tools: ChildTools;

  constructor(pipe: ParentPipe, tools: ChildTools) {
    this.#pipe = pipe;
    this.#ask = new AskParent(pipe);
    this.#forms = new FormShelf(this.#ask);
    this.#tools = tools;
  }

  async answerAll(): Promise<void> {
    for (;;) {
      const frame = this.#pipe.receive();
      if (frame?.op !== Reply.job) return;
      const { job, pushed } = decodeJob(frame.payload);
      try {
        if (job.kind === 'walk') this.#walk(job, pushed);
        else if (job.kind === 'screen') this.#screen(job);
        else await this.#convert(job);
      } catch (error) {
        if (error instanceof ParentGone) return;
        this.#pipe.send(Ask.failure, 0, 0, [Buffer.from(failureOf(error))]);
      }
    }
  }

  #walk(job: Extract<ChildJob, { kind: 'walk' }>, pushed: Uint8Array): void {
    const source = new PipeSource(
      job.size,
      (ranges) => this.#ask.ranges(DUMP, ranges),
      DUMP_READ_AHEAD,
      job.pushed ? pushed : null,
    );
    const result = walkDump(source, (modules) => this.#forms.open(modules), job.addresses);
    this.#result({ ...result, readSet: source.readSet.coalesced().slice(0, 65_536) });
  }

  #screen(job: Extract<ChildJob, { kind: 'screen' }>): void {
    const { screen } = this.#tools;
    if (screen === null) throw new ChildError('walk.internal');
    this.#result(screen(new StreamSource(job.size, (ranges) => this.#ask.ranges(DUMP, ranges)), job));
  }

  async #convert({ size, formBytesMax }: Extract<ChildJob, { kind: 'convert' }>): Promise<void> {
    const openText = (): PipeSource => new PipeSource(size, (ranges) => this.#ask.ranges(DUMP, ranges), 0);
    const { identity, form, dropped } = await convertSymbols(openText, formBytesMax, this.#tools.demangle);
    for (const piece of form) {
      for (let at = 0; at < piece.length; at += FORM_PIECE_BYTES_MAX) {
        this.#pipe.send(Ask.piece, 0, 0, [piece.subarray(at, at + FORM_PIECE_BYTES_MAX)]);
      }
    }
    this.#result({ identity, dropped });
  }

  #result(result: object): void {
    this.#pipe.send(Ask.result, 0, 0, [Buffer.from(JSON.stringify(result))]);
  }
}

const CODES: Readonly<Record<string, ChildFailure>> = {
  'snapshot.budget-exhausted': 'walk.budget-exhausted',
  'symbols.no-module': 'walk.not-symbols',
  'symbols.not-an-image': 'walk.not-symbols',
  'symbols.damaged-image': 'walk.not-symbols',
  'symbols.too-large': 'walk.symbols-too-large',
};

/** From whatever was thrown to the closed list: an error's own text stays here. */
function failureOf(error: unknown): ChildFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return CODES[code] ?? (isChildFailure(code) ? code : 'walk.internal');
}
