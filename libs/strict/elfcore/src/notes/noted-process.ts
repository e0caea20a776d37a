import type { FileRange, ThreadContext } from '@crashkeep/snapshot';
import type { MappedFile } from './mapped-files.js';

export interface NotedThread {
  readonly id: number;
  readonly name: string | null;
  readonly context: ThreadContext | null;
  readonly contextRange: FileRange | null;
}

export interface NotedSignal {
  readonly number: number;
  /** 0 where only the number is known. */
  readonly code: number;
  /** Null where the signal has none. */
  readonly address: bigint | null;
}

/** What the notes say of the process, whichever system wrote them. */
export interface NotedProcess {
  readonly processId: number | null;
  readonly threads: readonly NotedThread[];
  /** The first 80 characters of the command line are there. */
  readonly hasCommandLine: boolean;
  /** The thread that the signal went to; null where it is the first. */
  readonly crashedThreadId: number | null;
  readonly signal: NotedSignal | null;
  readonly auxiliary: ReadonlyMap<number, bigint>;
  readonly files: readonly MappedFile[];
  readonly pointerAuthenticationMask: bigint | null;
}

export const MAX_THREADS = 4096;
