import type { Job } from '../job/job.js';
import { type DerivedPoint, ecPoints, okpPoints } from './derived-points.js';
import type { Curve, SeenScalar } from './scalar-pool.js';

/** One way to take candidates of a length: what it costs in microseconds each, and which curves it answers for. */
interface Derivation {
  readonly length: number;
  readonly cost: number;
  /** Microseconds for the rarest candidates, whatever the dump shows. */
  readonly least: number;
  readonly curves: readonly Curve[];
  /** Whether it is tried at all in a dump that shows no public point of these curves. */
  readonly unasked: boolean;
  readonly points: (bytes: Uint8Array) => readonly DerivedPoint[];
}

const DERIVATIONS: readonly Derivation[] = [
  {
    length: 32,
    cost: 42,
    least: 150_000,
    curves: ['P-256'],
    unasked: true,
    points: (bytes) => ecPoints('P-256', bytes),
  },
  { length: 32, cost: 90, least: 250_000, curves: ['Ed25519', 'X25519'], unasked: true, points: okpPoints },
  {
    length: 48,
    cost: 2_200,
    least: 150_000,
    curves: ['P-384'],
    unasked: true,
    points: (bytes) => ecPoints('P-384', bytes),
  },
  {
    length: 66,
    cost: 5_500,
    least: 100_000,
    curves: ['P-521'],
    unasked: true,
    points: (bytes) => ecPoints('P-521', bytes),
  },
  {
    length: 32,
    cost: 1_100,
    least: 100_000,
    curves: ['secp256k1'],
    unasked: false,
    points: (bytes) => ecPoints('secp256k1', bytes),
  },
];

/** Microseconds for those curves in all of which the dump shows a public point: so much, and so much more a megabyte. */
const ASKED = 400_000;
const ASKED_PER_MEGABYTE = 1_000;

/** Behind every candidate that looks like one. */
const UNLIKELY = 1e9;

/**
 * Points of candidates, the controls' first, then rarest class first. Where the dump shows no public point of a curve, those that the first
 * allowance leaves are no candidates: a scalar whose public half is not there cannot be proved anyway. Where it does, what the second
 * leaves is said to be left out.
 */
export function* derivedScalars(
  { scalars, coverage }: Job,
  searchedBytes: number,
  controlsAt: number,
): Generator<DerivedPoint & { readonly seen: SeenScalar }> {
  const rank = ({ place, class: { count }, isUniform }: SeenScalar) =>
    place.offset >= controlsAt ? -1 : isUniform ? count : UNLIKELY + count;
  const asked = DERIVATIONS.filter(({ curves }) => curves.some((curve) => scalars.curves.has(curve)));
  const askedWork = (ASKED + (ASKED_PER_MEGABYTE * searchedBytes) / 1e6) / Math.max(1, asked.length);
  for (const derivation of DERIVATIONS) {
    const { length, cost, least, unasked, points } = derivation;
    const isAsked = asked.includes(derivation);
    if (!isAsked && !unasked) continue;
    const candidates = [...(scalars.byLength.get(length)?.values() ?? [])].sort((a, b) => rank(a) - rank(b));
    const most = Math.floor(Math.max(isAsked ? askedWork : 0, least) / cost);
    for (const seen of candidates.slice(0, most)) for (const point of points(seen.bytes)) yield { ...point, seen };
    const left = Math.max(0, candidates.length - most) + (scalars.leftOut.get(length) ?? 0);
    if (isAsked && left > 0) coverage.skip('curve-scalar', 'candidate-budget', left);
  }
}
