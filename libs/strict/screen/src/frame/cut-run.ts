import type { RegionRun, ScreenRegion } from './region-run.js';

/** A run in two: what a pass got through, and the regions behind that. */
export interface CutRun {
  readonly head: RegionRun | null;
  readonly tail: readonly ScreenRegion[];
}

/** `position` bytes from the run's beginning belong to the head. */
export function cutRun(run: RegionRun, position: number): CutRun {
  const head: ScreenRegion[] = [];
  const starts: number[] = [];
  const tail: ScreenRegion[] = [];
  run.pieces.forEach((piece, i) => {
    const start = run.starts[i] ?? 0;
    const inside = Math.max(0, Math.min(piece.size, position - start));
    if (inside > 0) {
      head.push({ ...piece, size: inside });
      starts.push(start);
    }
    if (inside < piece.size) tail.push(behind(piece, inside));
  });
  const size = Math.min(position, run.size);
  return { head: head.length === 0 ? null : { address: run.address, pieces: head, starts, size }, tail };
}

function behind({ address, offset, size }: ScreenRegion, inside: number): ScreenRegion {
  return {
    address: address === null ? null : address + BigInt(inside),
    offset: offset + inside,
    size: size - inside,
  };
}
