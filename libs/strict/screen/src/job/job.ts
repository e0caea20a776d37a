import { chunkAround } from '../frame/heap-chunk.js';
import type { Span, Window } from '../frame/window.js';
import type { NumberPool } from '../rsa/number-pool.js';
import type { ScalarPool } from '../ec/scalar-pool.js';
import type { ShieldPool } from '../ssh/shielded-keys.js';
import type { CaseBook, Sighting } from './case-book.js';
import type { Coverage } from './coverage.js';
import type { DetectorId } from './detector.js';
import type { FileSpan, Level } from './finding.js';

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

export function sightingIn(window: Window, detector: DetectorId, level: Level, span: Span): Sighting {
  const [first, ...rest] = window.parts(span);
  if (first === undefined) return { place: window.place(span.from), length: 0, detector, level };
  const sighting = { ...first, detector, level };
  // A piece of its chunk alone would be masked: then the bytes are, wherever they lie.
  if (rest.length === 0) return { ...sighting, mask: maskOf(window, span, first.place.offset) };
  return { ...sighting, rest: rest.map((part) => ({ ...part, detector, level })) };
}

/** What to mask: the heap chunk around it where that is known and lies in the file in one piece. */
function maskOf(window: Window, { from, to }: Span, offset: number): FileSpan {
  const chunk = chunkAround(window, { from, to });
  if (chunk !== null) {
    const first = window.place(chunk.from).offset;
    const last = window.place(chunk.to - 1).offset;
    if (first === offset - (from - chunk.from) && last === first + (chunk.to - chunk.from) - 1) {
      return { offset: first, length: chunk.to - chunk.from };
    }
  }
  return { offset, length: to - from };
}
