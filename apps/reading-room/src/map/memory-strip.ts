import type { AddressRange, MemoryMap } from '../api/wire.js';

/** What a stretch of the address space is, for one who may look at part of it. */
export type StripKind = 'gap' | 'sealed' | 'stack' | 'open' | 'read';

export interface StripPart {
  readonly key: string;
  readonly kind: StripKind;
  /** Share of the strip's width. The strip is in address order and not to scale: sizes are drawn by their logarithm. */
  readonly weight: number;
  readonly bytes: number;
  readonly label: string | null;
}

interface Piece {
  readonly start: bigint;
  readonly end: bigint;
}

/** More parts than this are not seen, only paid for. */
const PARTS_MAX = 96;

/** The dump's memory as parts of one strip: regions in address order, cut where stacks, granted and read ranges begin and end. */
export function memoryStrip(
  map: MemoryMap,
  open: readonly AddressRange[],
  read: readonly AddressRange[] = [],
): readonly StripPart[] {
  const granted = open.map(pieceOf);
  const seen = read.map(pieceOf);
  const stacks = map.threads.flatMap(({ index, stack }) =>
    stack === null ? [] : [{ index, ...pieceOf({ address: stack.address, length: stack.size }) }],
  );
  const parts = map.regions.flatMap((region): StripPart[] => {
    const whole = pieceOf({ address: region.address, length: region.size });
    return cut(whole, [...granted, ...seen, ...stacks]).map((piece) => {
      const bytes = Number(piece.end - piece.start);
      const stack = stacks.find((candidate) => holds(candidate, piece));
      const kind = seen.some((range) => holds(range, piece))
        ? 'read'
        : granted.some((range) => holds(range, piece))
          ? 'open'
          : stack === undefined
            ? 'sealed'
            : 'stack';
      const label = stack === undefined ? null : `stack ${String(stack.index)}`;
      return { key: piece.start.toString(16), kind, weight: Math.log2(bytes + 2), bytes, label };
    });
  });
  return joinSmall(parts);
}

function pieceOf({ address, length }: AddressRange): Piece {
  const start = BigInt(address);
  return { start, end: start + BigInt(length) };
}

const holds = (outer: Piece, inner: Piece): boolean => outer.start <= inner.start && inner.end <= outer.end;

function cut(whole: Piece, by: readonly Piece[]): Piece[] {
  const edges = new Set([whole.start, whole.end]);
  for (const { start, end } of by) {
    for (const edge of [start, end]) if (whole.start < edge && edge < whole.end) edges.add(edge);
  }
  const sorted = [...edges].sort((a, b) => (a < b ? -1 : 1));
  return sorted.slice(1).map((end, at) => ({ start: sorted[at] ?? whole.start, end }));
}

/** Neighbours that are sealed alike become one, so that a dump of a thousand regions is a picture and not a comb. */
function joinSmall(parts: readonly StripPart[]): readonly StripPart[] {
  const joined: StripPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const crowded = parts.length > PARTS_MAX;
    if (last?.kind === part.kind && (part.kind === 'sealed' || (crowded && part.kind === 'stack'))) {
      const bytes = last.bytes + part.bytes;
      joined[joined.length - 1] = { ...last, bytes, weight: Math.log2(bytes + 2), label: null };
    } else joined.push(part);
  }
  return joined;
}
