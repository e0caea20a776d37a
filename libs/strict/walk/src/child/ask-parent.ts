import { Buffer } from 'node:buffer';
import { type FileRange, SnapshotError } from '@crashkeep/snapshot';
import { Ask, type Frame, Reply } from '../wire/frame.js';
import type { ModuleKey } from '../wire/module-key.js';
import { encodeRanges } from '../wire/range-list.js';
import { decodeSources, type OpenedSource } from '../wire/source-list.js';
import type { ParentPipe } from './parent-pipe.js';

/** The parent has gone in the middle of a job: there is nobody to answer. */
export class ParentGone extends Error {
  override readonly name = 'ParentGone';
}

/** Questions to the parent. Each is one round. */
export class AskParent {
  readonly #pipe: ParentPipe;

  constructor(pipe: ParentPipe) {
    this.#pipe = pipe;
  }

  /** The ranges' bytes, one after the other. At most RANGES_PER_ASK ranges and ANSWER_BYTES_MAX bytes. Throws `snapshot.budget-exhausted`. */
  ranges(source: number, ranges: readonly FileRange[]): Buffer {
    this.#pipe.send(Ask.ranges, source, ranges.length, [encodeRanges(ranges)]);
    return this.#reply(Reply.bytes).payload;
  }

  symbols(modules: readonly ModuleKey[]): OpenedSource[][] {
    this.#pipe.send(Ask.symbols, 0, 0, [Buffer.from(JSON.stringify(modules))]);
    return decodeSources(this.#reply(Reply.symbols).payload);
  }

  #reply(op: number): Frame {
    const frame = this.#pipe.receive();
    if (frame === null) throw new ParentGone();
    if (frame.op === Reply.refused) throw new SnapshotError('snapshot.budget-exhausted');
    if (frame.op !== op) throw new ParentGone();
    return frame;
  }
}
