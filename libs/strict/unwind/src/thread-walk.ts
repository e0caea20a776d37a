import type { Os } from '@crashkeep/snapshot';
import type { RegisterFile } from '@crashkeep/symbols';
import type { CodeMap } from './code-map.js';
import type { Frame } from './frame.js';
import type { StackMemory } from './stack-memory.js';

/** What an architecture's rules see when they look for the caller of `frame`. */
export interface ThreadWalk {
  readonly os: Os;
  readonly file: RegisterFile;
  readonly stack: StackMemory;
  readonly code: CodeMap;
  readonly frame: Frame;
  /** The frame that `frame` called, walked before it; null for the context frame. */
  readonly callee: Frame | null;
  /** `frame` is a context frame whose ip is no code. */
  readonly isAstray: boolean;
}
