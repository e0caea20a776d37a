import { type ChildKind, ParserChild } from './parser-child.js';
import { WalkError, type WalkErrorCode } from '../walk-error.js';

export interface PoolOptions {
  /** `project`: a child serves one project until it is renewed. `dump`: each dump has a child of its own. */
  readonly isolation: 'project' | 'dump';
  /** Idle children that are kept warm, of all projects. */
  readonly idleMax: number;
  /** Another program than ours: for specs that need a child gone bad. */
  readonly program?: string;
}

const DUMPS_PER_CHILD = 500;
const MILLISECONDS_PER_CHILD = 10 * 60_000;
/** What a child has seen stays in its heap: one that nobody needs is not kept. */
const IDLE_MILLISECONDS = 60_000;

/** A child that refuses a file in order has done its work. */
const KEEPS_CHILD: ReadonlySet<WalkErrorCode> = new Set<WalkErrorCode>([
  ...([
    'minidump.bad-magic',
    'minidump.bad-version',
    'minidump.truncated-header',
    'minidump.truncated-directory',
  ] as const),
  ...(['elfcore.bad-magic', 'elfcore.not-a-core', 'elfcore.truncated-header', 'elfcore.truncated-segments'] as const),
  ...(['walk.not-a-dump', 'walk.not-symbols'] as const),
]);

interface IdleChild {
  readonly project: string;
  readonly child: ParserChild;
  readonly timer: NodeJS.Timeout;
}

/** Warm children, each for one project (DESIGN.md 4). */
export class ChildPool {
  readonly #options: PoolOptions;
  readonly #idle: IdleChild[] = [];
  readonly #busy = new Set<ParserChild>();
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Runs `work` with a child of this project. Where it fails, the child is not used again. */
  async run<T>(kind: ChildKind, project: string, work: (child: ParserChild) => Promise<T>): Promise<T> {
    const child = this.#closed ? null : (this.#takeIdle(kind, project) ?? (await this.#start(kind)));
    if (child === null) throw new WalkError('walk.closed');
    this.#busy.add(child);
    child.setReferenced(true);
    child.jobs++;
    try {
      const result = await work(child);
      this.#giveBack(project, child);
      return result;
    } catch (error) {
      if (error instanceof WalkError && KEEPS_CHILD.has(error.code)) this.#giveBack(project, child);
      else child.kill('walk.closed');
      throw error;
    } finally {
      this.#busy.delete(child);
    }
  }

  close(): void {
    this.#closed = true;
    for (const child of this.#busy) child.kill('walk.closed');
    for (const { child, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      child.kill('walk.closed');
    }
  }

  /** Null where the pool was closed meanwhile. */
  async #start(kind: ChildKind): Promise<ParserChild | null> {
    const child = await ParserChild.start(kind, this.#options.program);
    if (!this.#closed) return child;
    child.kill('walk.closed');
    return null;
  }

  #takeIdle(kind: ChildKind, project: string): ParserChild | null {
    const at = this.#idle.findIndex((idle) => idle.project === project && idle.child.kind === kind);
    const [found] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (found === undefined) return null;
    clearTimeout(found.timer);
    if (found.child.alive && isFresh(found.child)) return found.child;
    found.child.kill('walk.closed');
    return this.#takeIdle(kind, project);
  }

  #giveBack(project: string, child: ParserChild): void {
    if (this.#closed || this.#options.isolation === 'dump' || !isFresh(child)) {
      child.kill('walk.closed');
      return;
    }
    child.setReferenced(false);
    const timer = setTimeout(() => {
      this.#retire(child);
    }, IDLE_MILLISECONDS).unref();
    this.#idle.push({ project, child, timer });
    if (this.#idle.length > this.#options.idleMax) this.#retire(this.#idle[0]?.child);
  }

  #retire(child: ParserChild | undefined): void {
    const at = this.#idle.findIndex((idle) => idle.child === child);
    const [found] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (found === undefined) return;
    clearTimeout(found.timer);
    found.child.kill('walk.closed');
  }
}

function isFresh(child: ParserChild): boolean {
  return child.jobs < DUMPS_PER_CHILD && performance.now() - child.startedAt < MILLISECONDS_PER_CHILD;
}
