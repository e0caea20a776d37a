import type { FreshWalk, NamedWalk } from '../named-walk.js';
import { WalkError } from '../walk-error.js';
import type { WalkResult } from '../walk-result.js';
import { WALK_BUDGET } from '../wire/limits.js';
import type { ModuleSymbols, SymbolSource } from './async-range-source.js';
import { ChildPool, type PoolOptions } from './child-pool.js';
import type { ConvertJob } from './convert-job.js';
import { convertInChild, type ConvertedForm } from './convert-in-child.js';
import { Deadline } from './deadline.js';
import { type Isolation, detectIsolation } from './isolation.js';
import { nameFrames } from './name-frames.js';
import { NameShelf } from './name-shelf.js';
import type { ParserChild } from './parser-child.js';
import { screenInChild, type ScreenJob } from './screen-in-child.js';
import type { ScreenAnswer } from '../screen-answer.js';
import { WalkConversation, type WalkRequest } from './walk-conversation.js';

export interface WalkJob extends WalkRequest {
  /** A child serves one project, and its symbols stay with it. */
  readonly project: string;
}

/** What stands between a child and the machine. */
export type Walls = Omit<Isolation, 'prefix'> & ParserChild['walls'];

type Work<T> = (child: ParserChild, deadline: Deadline) => Promise<T>;

/** A text of 4 GB at 20 MB/s. */
const CONVERT_MILLISECONDS = 10 * 60_000;

/**
 * Runs parsers in child processes. Rejects with `WalkError` and nothing else: a child that dies, lies, floods or hangs is a
 * code, and is not used again.
 */
export class WalkRunner {
  readonly #pool: ChildPool;
  readonly #shelf = new NameShelf();

  constructor(options: Partial<PoolOptions> = {}) {
    this.#pool = new ChildPool({ isolation: 'project', idleMax: 4, ...options });
  }

  /** Walks a dump in a child, and names its frames here. */
  async walk(job: WalkJob): Promise<FreshWalk> {
    const { result, symbols, cost } = await this.#run(
      'walk',
      job.project,
      WALK_BUDGET.milliseconds,
      (child, deadline) => new WalkConversation(child, job, this.#shelf, deadline).run(),
    );
    return { ...(await this.name(result, symbols)), result, cost };
  }

  /** Names a stored walk's frames again, without its dump. `symbols` by module ordinal. */
  async name(result: WalkResult, symbols: readonly ModuleSymbols[]): Promise<NamedWalk> {
    try {
      return await nameFrames(result, symbols, this.#shelf);
    } catch (cause) {
      throw new WalkError('walk.source-failed', { cause });
    }
  }

  /** Whether these symbols tell how to unwind anything: a walk that guessed without them would then be a better one. */
  async unwinds(symbols: SymbolSource): Promise<boolean> {
    try {
      return await this.#shelf.unwinds(symbols);
    } catch (cause) {
      throw new WalkError('walk.source-failed', { cause });
    }
  }

  /** Converts the text of a symbol file in a child that never sees a dump. */
  convert(job: ConvertJob): Promise<ConvertedForm> {
    return this.#run('convert', job.project, CONVERT_MILLISECONDS, (child) => convertInChild(child, job));
  }

  /** Searches a dump, or what came beside one, in a child of its own kind. Its time over, it is killed: `walk.timeout`. */
  screen(job: ScreenJob): Promise<ScreenAnswer> {
    return this.#run('screen', job.project, job.milliseconds, (child) => screenInChild(child, job));
  }

  /** Starts a child and tells which walls it has on this machine. */
  async probeWalls(): Promise<Walls> {
    const { network, mounts } = detectIsolation();
    const walls = await this.#pool.run('walk', '', (child) => Promise.resolve(child.walls));
    return { network, mounts, ...walls };
  }

  /** Kills every child; walks that are under way reject with `walk.closed`. */
  close(): void {
    this.#pool.close();
  }

  async #run<T>(kind: ParserChild['kind'], project: string, milliseconds: number, work: Work<T>): Promise<T> {
    try {
      return await this.#pool.run(kind, project, (child) => withDeadline(child, milliseconds, work));
    } catch (error) {
      throw error instanceof WalkError ? error : new WalkError('walk.internal', { cause: error });
    }
  }
}

/** The child is killed when its time is over; a source that never answers does not hold the walk either. */
async function withDeadline<T>(child: ParserChild, milliseconds: number, work: Work<T>): Promise<T> {
  const deadline = new Deadline(milliseconds, () => {
    child.kill('walk.timeout');
    return new WalkError('walk.timeout');
  });
  try {
    return await Promise.race([work(child, deadline), deadline.over]);
  } finally {
    deadline.clear();
  }
}
