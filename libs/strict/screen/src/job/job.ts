import type { Window } from '../frame/window.js';
import type { NumberPool } from '../rsa/number-pool.js';
import type { ScalarPool } from '../ec/scalar-pool.js';
import type { ShieldPool } from '../ssh/shielded-keys.js';
import type { CaseBook, Sighting } from './case-book.js';
import type { Coverage } from './coverage.js';
import type { DetectorId } from './detector.js';
import type { Level } from './finding.js';

/** What a job is doing: reading and passing over constant pages, the searches of the first pass, the proofs, and the later passes. */
export type Stage = 'frame' | 'anchors' | 'schedules' | 'limbs' | 'rsa' | 'curves' | 'copies';

/** What the detectors of one job share. */
export interface Job {
  /** Tells that a stage begins. */
  readonly enter: (stage: Stage) => void;
  readonly book: CaseBook;
  readonly coverage: Coverage;
  /** Numbers that may be primes and moduli. */
  readonly numbers: NumberPool;
  /** Bytes that may be scalars of curves. */
  readonly scalars: ScalarPool;
  readonly shields: ShieldPool;
}

export function sightingIn(
  window: Window,
  detector: DetectorId,
  level: Level,
  span: { readonly from: number; readonly to: number },
): Sighting {
  return { place: window.place(span.from), length: span.to - span.from, detector, level };
}
