import type { Caller, CallerOrEnd, Frame } from './frame.js';
import type { ThreadWalk } from './thread-walk.js';

/** How one CPU's frames are left. The ways stand in the order of their trust; each is null where it does not apply. */
export interface Architecture {
  /** Bytes from a return address back into the call: what is looked up is the call. */
  readonly callAdjustment: number;
  callerByCfi(walk: ThreadWalk): CallerOrEnd | null;
  /** For a context frame whose ip is no code: a call through a null or wild pointer got no further than its target. */
  callerByLeafRule(walk: ThreadWalk): Caller | null;
  callerByFramePointer(walk: ThreadWalk): CallerOrEnd | null;
  callerByScan(walk: ThreadWalk): Caller | null;
  /** False where the caller would lead nowhere or round in circles. */
  makesProgress(caller: Caller, callee: Frame, walk: ThreadWalk): boolean;
}
