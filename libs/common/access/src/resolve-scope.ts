import { AccessError } from './access-error.js';
import { type AddressSpan, spanOf } from './address-range.js';
import { type GrantRange, grantRange, joinGrantRanges, overlapInMemory, placeRange } from './grant-range.js';
import { GRANT_RANGES_MAX } from './limits.js';
import { type Scope, normaliseScope } from './scope.js';

/** Regions are often single pages; they are joined before they are counted against GRANT_RANGES_MAX. */
const PIECES_MAX = GRANT_RANGES_MAX * 16;

interface MappedRegion {
  readonly address: bigint;
  readonly size: number;
  /** Place of the first byte in the file. */
  readonly offset: number;
}

/** Where a dump keeps the process's memory, as the worker stored it. Its numbers come from a hostile file. */
export interface RegionMap {
  /** Size of the file. */
  readonly fileBytes: number;
  readonly regions: readonly MappedRegion[];
  /** By thread index; null where no stack was saved. */
  readonly stacks: readonly (MappedRegion | null)[];
  /** Saved registers, by thread index; null where none were saved. */
  readonly contexts: readonly ({ readonly offset: number; readonly size: number } | null)[];
  /** Sealed parts that hold annotations. */
  readonly annotations: readonly { readonly part: string; readonly bytes: number }[];
}

/**
 * The file ranges of a scope. Frozen when it is requested: nothing that happens to the map later widens a grant.
 * Throws the `access.range…` codes and `access.thread-unknown`.
 */
export function resolveScope(asked: Scope, map: RegionMap): GrantRange[] {
  const scope = normaliseScope(asked);
  const ranges = joinGrantRanges(piecesOf(scope, map));
  if (ranges.length > GRANT_RANGES_MAX) throw new AccessError('access.too-many-ranges');
  if (overlapInMemory(ranges)) throw new AccessError('access.ranges-overlap');
  if (ranges.some(({ part, offset, length }) => part === null && offset + length > map.fileBytes))
    throw new AccessError('access.range-not-saved');
  return ranges;
}

function piecesOf(scope: Scope, map: RegionMap): GrantRange[] {
  switch (scope.kind) {
    case 'annotations':
      return annotationsOf(map);
    case 'registers':
      return scope.threads.map((thread) => registersOf(map, thread));
    case 'stack':
      return scope.threads.map((thread) => stackOf(map, thread));
    case 'memory':
      return scope.ranges.flatMap((range) => savedPieces(map.regions, spanOf(range)));
    case 'whole':
      return [placeRange(null, 0, map.fileBytes)];
  }
}

function annotationsOf({ annotations }: RegionMap): GrantRange[] {
  const kept = annotations.filter(({ bytes }) => bytes > 0);
  if (kept.length === 0) throw new AccessError('access.range-not-saved');
  return kept.map(({ part, bytes }) => placeRange(part, 0, bytes));
}

function registersOf({ contexts }: RegionMap, thread: number): GrantRange {
  const context = contexts[thread];
  if (context === undefined || context === null || context.size === 0) throw new AccessError('access.thread-unknown');
  return placeRange(null, context.offset, context.size);
}

function stackOf(map: RegionMap, thread: number): GrantRange {
  const stack = map.stacks[thread];
  if (stack === undefined || stack === null || stack.size === 0) throw new AccessError('access.thread-unknown');
  spanOf({ address: `0x${stack.address.toString(16)}`, length: stack.size });
  return grantRange(stack.address, stack.offset, stack.size);
}

/** Where regions overlap, the one that starts last at or below an address has it: the walker reads by the same rule. */
function savedPieces(regions: readonly MappedRegion[], { start, end }: AddressSpan): GrantRange[] {
  const below = regions
    .filter(({ address }) => address < end)
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  const pieces: GrantRange[] = [];
  for (let at = start, next = 0; at < end;) {
    while ((below[next]?.address ?? end) <= at) next++;
    const holder = below[next - 1];
    const holderEnd = holder === undefined ? at : holder.address + BigInt(holder.size);
    if (holder === undefined || holderEnd <= at) throw new AccessError('access.range-not-saved');
    if (pieces.length >= PIECES_MAX) throw new AccessError('access.too-many-ranges');
    const until = least(end, holderEnd, below[next]?.address ?? end);
    pieces.push(grantRange(at, holder.offset + Number(at - holder.address), Number(until - at)));
    at = until;
  }
  return pieces;
}

const least = (...bounds: readonly bigint[]): bigint => bounds.reduce((low, bound) => (bound < low ? bound : low));
