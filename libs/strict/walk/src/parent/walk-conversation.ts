import { isChildFailure, WalkError } from '../walk-error.js';
import { WalkResult } from '../walk-result.js';
import { Ask, type Frame, Reply } from '../wire/frame.js';
import { encodeJob } from '../wire/job.js';
import { PUSH_BYTES_MAX, SYMBOL_SOURCES_MAX, WALK_BUDGET } from '../wire/limits.js';
import { type ModuleKey, ModuleKeyList } from '../wire/module-key.js';
import { decodeRanges } from '../wire/range-list.js';
import { encodeSources, type OpenedSource } from '../wire/source-list.js';
import type { AsyncRangeSource, ModuleSymbols, SymbolSource } from './async-range-source.js';
import type { Deadline } from './deadline.js';
import { holdsAddresses, isConsistent } from './check-result.js';
import type { NameShelf } from './name-shelf.js';
import type { ParserChild } from './parser-child.js';
import { RangeAnswerer, type WalkCost } from './range-answerer.js';

/** Finds the symbols of modules; the answer is in their order. */
export type SymbolFinder = (modules: readonly ModuleKey[]) => Promise<readonly ModuleSymbols[]>;

export interface WalkRequest {
  readonly source: AsyncRangeSource;
  readonly symbols: SymbolFinder;
  readonly addresses: boolean;
}

export interface ChildAnswer {
  readonly result: WalkResult;
  /** By module ordinal. */
  readonly symbols: readonly ModuleSymbols[];
  readonly cost: WalkCost;
}

/** One dump's talk with a child, from the job to its answer. */
export class WalkConversation {
  readonly #child: ParserChild;
  readonly #request: WalkRequest;
  readonly #shelf: NameShelf;
  readonly #deadline: Deadline;
  readonly #ranges: RangeAnswerer;
  #symbols: readonly ModuleSymbols[] | null = null;

  constructor(child: ParserChild, request: WalkRequest, shelf: NameShelf, deadline: Deadline) {
    this.#child = child;
    this.#deadline = deadline;
    this.#request = request;
    this.#shelf = shelf;
    this.#ranges = new RangeAnswerer(request.source, WALK_BUDGET);
  }

  async run(): Promise<ChildAnswer> {
    await this.#sendJob();
    for (;;) {
      const frame = await this.#child.next();
      if (frame.op === Ask.ranges) await this.#answerRanges(frame);
      else if (frame.op === Ask.symbols) await this.#answerSymbols(frame);
      else if (frame.op === Ask.failure) throw new WalkError(failureIn(frame));
      else if (frame.op === Ask.result) return this.#accept(frame);
      else throw new WalkError('walk.bad-answer');
    }
  }

  async #sendJob(): Promise<void> {
    const { source, addresses } = this.#request;
    const pushed = source.size <= PUSH_BYTES_MAX ? await readSource(source, 0, source.size) : null;
    if (pushed !== null) this.#ranges.countPushed(pushed.length);
    const job = { kind: 'walk', size: source.size, addresses, pushed: pushed !== null } as const;
    this.#child.send(Reply.job, 0, encodeJob(job, pushed));
  }

  async #answerRanges({ source, count, payload }: Frame): Promise<void> {
    const ranges = decodeRanges(payload, count);
    if (ranges === null) throw new WalkError('walk.bad-answer');
    const bytes = await this.#ranges.answer(source, ranges);
    if (bytes === null) this.#child.send(Reply.refused, 0, []);
    else this.#child.send(Reply.bytes, ranges.length, bytes);
  }

  /** Once a dump: a second list could ask for what the first was not given. */
  async #answerSymbols({ payload }: Frame): Promise<void> {
    const modules = ModuleKeyList.safeParse(parseJson(payload));
    if (!modules.success || this.#symbols !== null || !this.#ranges.countRound())
      throw new WalkError('walk.bad-answer');
    this.#symbols = await this.#deadline.pausedFor(() => findSymbols(this.#request.symbols, modules.data));
    let left = SYMBOL_SOURCES_MAX;
    const sources: OpenedSource[][] = [];
    for (const symbols of this.#symbols) {
      const opened: OpenedSource[] = [];
      for (const source of symbols.slice(0, left)) opened.push(...(await this.#open(source)));
      left -= opened.length;
      sources.push(opened);
    }
    this.#child.send(Reply.symbols, 0, [encodeSources(sources)]);
  }

  /** The child may read as far as unwinding needs: names lie behind that. */
  async #open(symbols: SymbolSource): Promise<OpenedSource[]> {
    const size = await sourced(() => this.#shelf.walkBytes(symbols));
    if (size === null) return [];
    const read = (offset: number, length: number): Promise<Uint8Array> => symbols.read(offset, length);
    return [{ source: this.#ranges.addSource({ size, read }), size, key: symbols.key }];
  }

  #accept({ payload }: Frame): ChildAnswer {
    const parsed = WalkResult.safeParse(parseJson(payload));
    if (!parsed.success || !isConsistent(parsed.data) || (!this.#request.addresses && holdsAddresses(parsed.data))) {
      throw new WalkError('walk.bad-answer');
    }
    return { result: parsed.data, symbols: this.#symbols ?? [], cost: this.#ranges.cost };
  }
}

async function findSymbols(find: SymbolFinder, modules: readonly ModuleKey[]): Promise<ModuleSymbols[]> {
  const found = await sourced(() => find(modules));
  return modules.map((_, i) => found[i] ?? []);
}

function readSource(source: AsyncRangeSource, offset: number, length: number): Promise<Uint8Array> {
  return sourced(() => source.read(offset, length));
}

/** What the parent's own stores throw is not the dump's fault. */
async function sourced<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new WalkError('walk.source-failed', { cause });
  }
}

export function failureIn({ payload }: Frame): WalkError['code'] {
  const text = payload.toString();
  return isChildFailure(text) ? text : 'walk.bad-answer';
}

export function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString());
  } catch {
    throw new WalkError('walk.bad-answer');
  }
}
