import { z } from 'zod';
import { type AddressRangeWire, AddressText, addressText, spanOf } from './address-range.js';
import type { FileRange } from './file-range.js';

/** Bytes that lie together in the file and in the process's memory: what a scope resolves to, and what is signed. */
export const GrantRange = z.strictObject({ address: AddressText, offset: z.int().min(0), length: z.int().min(1) });
export type GrantRange = z.infer<typeof GrantRange>;

/** Where an address range lies in the file, piece by piece in address order; null where a byte of it is not granted. */
export function locate(granted: readonly GrantRange[], asked: AddressRangeWire): FileRange[] | null {
  const { start, end } = spanOf(asked);
  const pieces: FileRange[] = [];
  for (let at = start; at < end;) {
    const holder = granted.find((range) => holds(range, at));
    if (holder === undefined) return null;
    const into = Number(at - BigInt(holder.address));
    const length = Math.min(holder.length - into, Number(end - at));
    pieces.push({ offset: holder.offset + into, length });
    at += BigInt(length);
  }
  return pieces;
}

/** True where each byte of `inner` is one of `outer`, at the same address and the same place in the file. */
export function isNarrower(inner: readonly GrantRange[], outer: readonly GrantRange[]): boolean {
  return inner.every((range) =>
    outer.some((whole) => {
      const into = BigInt(range.address) - BigInt(whole.address);
      return (
        into >= 0n &&
        into + BigInt(range.length) <= BigInt(whole.length) &&
        BigInt(range.offset) - BigInt(whole.offset) === into
      );
    }),
  );
}

/** In address order, with neighbours in both spaces joined. */
export function joinGrantRanges(ranges: readonly GrantRange[]): GrantRange[] {
  const joined: GrantRange[] = [];
  for (const range of [...ranges].sort(byAddress)) {
    const last = joined.at(-1);
    if (last !== undefined && endOf(last) === BigInt(range.address) && last.offset + last.length === range.offset) {
      joined[joined.length - 1] = { ...last, length: last.length + range.length };
    } else joined.push(range);
  }
  return joined;
}

/** True where two ranges claim one address. */
export function overlapInMemory(ranges: readonly GrantRange[]): boolean {
  const sorted = [...ranges].sort(byAddress);
  return sorted.some((range, at) => {
    const next = sorted[at + 1];
    return next !== undefined && endOf(range) > BigInt(next.address);
  });
}

export const grantRange = (address: bigint, offset: number, length: number): GrantRange => ({
  address: addressText(address),
  offset,
  length,
});

const endOf = ({ address, length }: GrantRange): bigint => BigInt(address) + BigInt(length);

const holds = (range: GrantRange, at: bigint): boolean => BigInt(range.address) <= at && at < endOf(range);

function byAddress(a: GrantRange, b: GrantRange): number {
  const difference = BigInt(a.address) - BigInt(b.address);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
