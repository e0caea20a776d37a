/** Offset and length in bytes of a plaintext file. */
export type Span = readonly [offset: number, length: number];

/** Sorted, neighbours and overlaps as one. */
export function merged(spans: readonly Span[]): Span[] {
  const kept: [number, number][] = [];
  for (const [offset, length] of [...spans].sort(([a], [b]) => a - b)) {
    const last = kept.at(-1);
    if (last !== undefined && offset <= last[0] + last[1]) last[1] = Math.max(last[1], offset + length - last[0]);
    else kept.push([offset, length]);
  }
  return kept;
}

/** What both hold. */
export function common(one: readonly Span[], other: readonly Span[]): Span[] {
  const [a, b] = [merged(one), merged(other)];
  const found: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [[from = 0, size = 0] = [], [start = 0, length = 0] = []] = [a[i], b[j]];
    const [first, last] = [Math.max(from, start), Math.min(from + size, start + length)];
    if (last > first) found.push([first, last - first]);
    if (from + size < start + length) i++;
    else j++;
  }
  return found;
}

/** What of `spans` lies in none of `hidden`: bytes that were shown as they are. */
export function without(spans: readonly Span[], hidden: readonly Span[]): Span[] {
  const holes = merged(hidden);
  return merged(spans).flatMap(([offset, length]) => {
    const rest: Span[] = [];
    let at = offset;
    for (const [start, size] of holes) {
      if (start >= offset + length || start + size <= at) continue;
      if (start > at) rest.push([at, start - at]);
      at = start + size;
    }
    if (at < offset + length) rest.push([at, offset + length - at]);
    return rest;
  });
}

export const bytesOf = (spans: readonly Span[]): number => spans.reduce((sum, [, length]) => sum + length, 0);
