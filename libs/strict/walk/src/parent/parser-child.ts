import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { WalkError, type WalkErrorCode } from '../walk-error.js';
import { ChildWalls } from '../wire/child-walls.js';
import { Ask, bytesOf, encodeHead, type Frame } from '../wire/frame.js';
import { FrameReader } from './frame-reader.js';
import { detectIsolation } from './isolation.js';

export type ChildKind = 'walk' | 'convert' | 'screen';

/** The compiled program, also where this file runs from its source: a child is plain Node without loaders. */
const PROGRAM = fileURLToPath(new URL('../../dist/child/main.js', import.meta.url));

const MEBIBYTE = 1024 * 1024;
/** Megabytes of V8's heap, and bytes of memory in all. */
const MEMORY: Readonly<Record<ChildKind, { readonly heap: number; readonly all: number }>> = {
  walk: { heap: 384, all: 768 * MEBIBYTE },
  convert: { heap: 1024, all: 2048 * MEBIBYTE },
  screen: { heap: 512, all: 1024 * MEBIBYTE },
};
const START_MILLISECONDS = 20_000;

/** One child process. Whatever goes wrong with it, it is killed and tells why by a code. */
export class ParserChild {
  readonly kind: ChildKind;
  readonly startedAt = performance.now();
  /** Jobs that it was given. */
  jobs = 0;
  #walls: ChildWalls | null = null;
  readonly #process: ChildProcess;
  readonly #frames: FrameReader;
  readonly #toChild: Writable;
  #killedFor: WalkErrorCode | null = null;

  private constructor(kind: ChildKind, child: ChildProcess) {
    this.kind = kind;
    this.#process = child;
    this.#toChild = child.stdio[3] as Writable;
    this.#toChild.on('error', () => undefined);
    this.#frames = new FrameReader(child.stdio[4] as Readable);
  }

  /** Resolves when it has raised its walls. Throws `walk.child-not-started`. */
  static async start(kind: ChildKind, program = PROGRAM): Promise<ParserChild> {
    const { heap, all } = MEMORY[kind];
    const node = [process.execPath, `--max-old-space-size=${String(heap)}`, '--v8-pool-size=1', program];
    const [command, ...args] = [...detectIsolation().prefix, ...node, kind, String(all)];
    const child = spawn(command, args, { cwd: '/', env: {}, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    child.on('error', () => undefined);
    const started = new ParserChild(kind, child);
    await started.#awaitReady();
    return started;
  }

  get walls(): ChildWalls {
    return this.#walls ?? { coreFilter: false, notDumpable: false, memoryLimit: false, seccomp: false };
  }

  get alive(): boolean {
    return this.#killedFor === null && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** The next message; rejects with the code that it was killed for, if it was. */
  async next(): Promise<Frame> {
    try {
      return await this.#frames.next();
    } catch (error) {
      throw this.#killedFor === null ? error : new WalkError(this.#killedFor);
    }
  }

  send(op: number, count: number, payload: readonly Uint8Array[]): void {
    // One write of several pieces: a dump is not copied once more on its way.
    this.#toChild.cork();
    this.#toChild.write(encodeHead(op, 0, count, bytesOf(payload)));
    for (const piece of payload) this.#toChild.write(piece);
    this.#toChild.uncork();
  }

  kill(reason: WalkErrorCode): void {
    this.#killedFor ??= reason;
    this.#process.kill('SIGKILL');
    this.#toChild.destroy();
    (this.#process.stdio[4] as Readable | null)?.destroy();
  }

  /** Keeps the parent's event loop alive only while there is work. */
  setReferenced(referenced: boolean): void {
    const handles = [this.#process, this.#process.stdio[3], this.#process.stdio[4]] as ({
      ref?(): void;
      unref?(): void;
    } | null)[];
    for (const handle of handles) {
      if (referenced) handle?.ref?.();
      else handle?.unref?.();
    }
  }

  async #awaitReady(): Promise<void> {
    const timer = setTimeout(() => {
      this.kill('walk.child-not-started');
    }, START_MILLISECONDS);
    try {
      const frame = await this.next();
      const walls = frame.op === Ask.ready ? ChildWalls.safeParse(JSON.parse(frame.payload.toString())) : null;
      if (walls?.success !== true) throw new WalkError('walk.child-not-started');
      this.#walls = walls.data;
    } catch {
      this.kill('walk.child-not-started');
      throw new WalkError('walk.child-not-started');
    } finally {
      clearTimeout(timer);
    }
  }
}
