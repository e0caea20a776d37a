export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Sorted and disjoint. */
export function unionOf(ranges: readonly Range[]): Range[] {
  const union: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = union.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else union.push({ from, to });
  }
  return union;
}

export function sizeOf(union: readonly Range[]): number {
  return union.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** How many bytes of `range` the union covers. */
export function coveredBytes({ from, to }: Range, union: readonly Range[]): number {
  let covered = 0;
  for (const part of union) covered += Math.max(0, Math.min(to, part.to) - Math.max(from, part.from));
  return covered;
}
