/** Offset and length in bytes. */
export type RangePair = [offset: number, length: number];

/** Sorted, neighbours and overlaps as one. */
export function mergeRanges(ranges: readonly RangePair[]): RangePair[] {
  const merged: RangePair[] = [];
  for (const [offset, length] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last !== undefined && offset <= last[0] + last[1]) last[1] = Math.max(last[1], offset + length - last[0]);
    else merged.push([offset, length]);
  }
  return merged;
}

/** At most `most` of them: those that lie nearest to each other are taken together with what is between them. */
export function coarser(merged: readonly RangePair[], most: number): RangePair[] {
  if (merged.length <= most) return [...merged];
  const gaps = merged.slice(1).map(([offset], i) => offset - ((merged[i]?.[0] ?? 0) + (merged[i]?.[1] ?? 0)));
  const widest = [...gaps].sort((a, b) => b - a)[most - 1] ?? 0;
  const kept: RangePair[] = [];
  merged.forEach(([offset, length], i) => {
    const last = kept.at(-1);
    if (last !== undefined && (gaps[i - 1] ?? 0) <= widest) last[1] = offset + length - last[0];
    else kept.push([offset, length]);
  });
  return kept;
}
