import type { DidRead, Exposure } from '../api/wire.js';

interface ReadMark {
  readonly leaf: string;
  /** Share of the time shown, 0 to 1. */
  readonly x: number;
  readonly ofSecret: number;
}

/** Where everything stands in the picture of an exposure. */
export interface ExposureMarks {
  readonly start: number;
  readonly end: number;
  /** The time in which it lay there and nobody could know. */
  readonly blind: { readonly from: number; readonly to: number };
  readonly dumps: readonly { readonly dump: string; readonly x: number }[];
  /** Who was shown bytes of it first, then who read other bytes of its dumps. */
  readonly people: readonly { readonly person: string; readonly reads: readonly ReadMark[] }[];
}

/** From the first dump that holds it until now. Milliseconds. */
export function exposureMarks(exposure: Exposure, now: number): ExposureMarks {
  const since = exposure.findings.map((finding) => Date.parse(finding.present_since));
  const start = Math.min(now - 1, ...since);
  const place = (at: string): number => Math.min(1, Math.max(0, (Date.parse(at) - start) / (now - start)));
  const detectable = exposure.findings.map((finding) => place(finding.detectable_since));
  const dumps = new Map(exposure.sightings.map(({ dump, present_since: at }) => [dump, place(at)]));
  const people = new Map<string, DidRead[]>();
  for (const read of exposure.did) people.set(read.person, [...(people.get(read.person) ?? []), read]);
  return {
    start,
    end: now,
    blind: { from: 0, to: Math.max(0, ...detectable) },
    dumps: [...dumps].map(([dump, x]) => ({ dump, x })),
    people: [...people]
      .map(([person, reads]) => ({
        person,
        // Drawn in this order: those with bytes of it lie on top.
        reads: reads
          .map(({ leaf, at, of_secret: ofSecret }) => ({ leaf, x: place(at), ofSecret }))
          .sort((a, b) => a.ofSecret - b.ofSecret),
      }))
      .sort((a, b) => shown(b.reads) - shown(a.reads)),
  };
}

const shown = (reads: readonly ReadMark[]): number => reads.reduce((sum, { ofSecret }) => sum + ofSecret, 0);
