import type { AskedRange } from '@crashkeep/access';
import type { AddressRange, Grant, MemoryMap } from '../api/wire.js';

/** A stretch that the viewer shows: memory, or a place in the file whose offset stands where an address would. */
export interface ViewedRange extends AddressRange {
  readonly place: { readonly part: string | null } | null;
}

/** A grant as the viewer walks through it. */
export interface ViewedGrant extends Omit<Grant, 'ranges'> {
  readonly ranges: readonly ViewedRange[];
}

/** The whole file is seen as the memory that it holds; registers and annotations by their place. */
export function viewedGrant(grant: Grant, map: MemoryMap | null): ViewedGrant {
  if (grant.scope.kind === 'whole' && map !== null) {
    const ranges = map.regions.map(({ address, size }) => ({ address, length: size, place: null }));
    return { ...grant, ranges };
  }
  const ranges = grant.ranges.map(({ address, part, offset, length }): ViewedRange =>
    address === null
      ? { address: `0x${offset.toString(16)}`, length, place: { part } }
      : { address, length, place: null },
  );
  return { ...grant, ranges };
}

/** What a read of this stretch asks for. */
export function askedOf({ place }: ViewedRange, address: bigint, length: number): AskedRange {
  if (place === null) return { address: `0x${address.toString(16)}`, length };
  const offset = Number(address);
  return place.part === null ? { offset, length } : { part: place.part, offset, length };
}
