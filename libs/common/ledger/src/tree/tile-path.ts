/** Hashes of a full tile; a tile of level L holds nodes that cover 256^L leaves each (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
const LEVELS = 6;

/** The levels of a tree below 2^48 leaves. */
export const TILE_LEVELS: readonly number[] = Array.from({ length: LEVELS }, (_, level) => level);

export interface TileName {
  readonly level: number;
  readonly index: number;
  /** 1 to 256; below 256 it is a partial tile. */
  readonly width: number;
}

/** `tile/0/x001/234`, `tile/0/x001/234.p/17`. */
export const tilePath = ({ level, index, width }: TileName): string =>
  `tile/${String(level)}/${numberPath(index)}${partSuffix(width)}`;

/** Of the bundle with the entries that tile `index` of level 0 has the hashes of. */
export const bundlePath = (index: number, width: number): string =>
  `tile/entries/${numberPath(index)}${partSuffix(width)}`;

/** How many full nodes of a tile level a tree of this size has. */
export const nodesAt = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);

/** How wide tile `index` of a level is in a tree of this size: 0 where it is not begun. */
export const widthAt = (size: number, level: number, index: number): number =>
  Math.max(0, Math.min(TILE_WIDTH, nodesAt(size, level) - index * TILE_WIDTH));

/** The tiles that a tree needs in order to grow from one size to another. */
export function tilesBetween(from: number, to: number): TileName[] {
  return TILE_LEVELS.flatMap((level) => {
    const [first, last] = [nodesAt(from, level), nodesAt(to, level)];
    if (first === last) return [];
    const tiles: TileName[] = [];
    for (let index = Math.floor(first / TILE_WIDTH); index * TILE_WIDTH < last; index += 1)
      tiles.push({ level, index, width: widthAt(to, level, index) });
    return tiles;
  });
}

/** Groups of three digits, all but the last with an x before them. */
function numberPath(index: number): string {
  const groups = [];
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(String(rest % 1000).padStart(3, '0'));
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}

const partSuffix = (width: number): string => (width === TILE_WIDTH ? '' : `.p/${String(width)}`);
