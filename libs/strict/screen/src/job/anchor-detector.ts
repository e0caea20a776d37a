import type { Window } from '../frame/window.js';
import type { DetectorId } from './detector.js';
import type { Job } from './job.js';

/** Looks at one place where an anchor was met. What it finds it records in the job. */
export interface AnchorDetector {
  readonly detector: DetectorId;
  readonly pattern: Uint8Array;
  /** Bytes that a look costs at most, for the budget of work. */
  readonly cost: number;
  readonly inspect: (window: Window, at: number, job: Job) => void;
}
