import { z } from 'zod';
import { AccessError } from './access-error.js';
import { AddressRangeWire, AddressText, addressText, spanOf } from './address-range.js';
import { type FileRange, FileRangeWire, containsFileRange, fileRange, mergeFileRanges } from './file-range.js';
import { READ_RANGES_MAX } from './limits.js';

/** Bytes that lie together in the file, and in the process's memory where they are memory: what a scope resolves to, and what is signed. */
export const GrantRange = z.strictObject({
  /** Null where the bytes are no memory: registers, annotations, the whole file. */
  address: AddressText.nullable(),
  /** The sealed part that holds them; null for the dump itself. */
  part: z.uuid().nullable(),
  offset: z.int().min(0),
  length: z.int().min(1),
});
export type GrantRange = z.infer<typeof GrantRange>;

interface MemoryRange extends GrantRange {
  readonly address: string;
}

const isMemory = (range: GrantRange): range is MemoryRange => range.address !== null;

/** What a read names: memory by its address, or a place in the file or in a part. */
export const AskedRange = z.union([AddressRangeWire, FileRangeWire]);
export type AskedRange = z.infer<typeof AskedRange>;

/** Where asked bytes lie, piece by piece in their order; null where a byte of them is not granted. */
export function locate(granted: readonly GrantRange[], asked: AskedRange): FileRange[] | null {
  if ('address' in asked) return locateMemory(granted.filter(isMemory), asked);
  const union = mergeFileRanges(granted.map(({ part, offset, length }) => fileRange(part, offset, length)));
  return containsFileRange(union, asked) ? [asked] : null;
}

function locateMemory(granted: readonly MemoryRange[], asked: AddressRangeWire): FileRange[] | null {
  const { start, end } = spanOf(asked);
  const pieces: FileRange[] = [];
  for (let at = start; at < end;) {
    const holder = granted.find((range) => holds(range, at));
    if (holder === undefined) return null;
    const into = Number(at - BigInt(holder.address));
    const length = Math.min(holder.length - into, Number(end - at));
    if (pieces.push({ offset: holder.offset + into, length }) > READ_RANGES_MAX) {
      throw new AccessError('access.too-many-ranges');
    }
    at += BigInt(length);
  }
  return pieces;
}

/** True where each byte of `inner` is one of `outer`, at the same place in the same file and at the same address. */
export function isNarrower(inner: readonly GrantRange[], outer: readonly GrantRange[]): boolean {
  return inner.every((range) => outer.some((whole) => isWithin(range, whole)));
}

function isWithin(range: GrantRange, whole: GrantRange): boolean {
  const into = range.offset - whole.offset;
  const isInside = range.part === whole.part && into >= 0 && into + range.length <= whole.length;
  // The whole file names no address: any memory in it is a part of it.
  if (!isInside || whole.address === null) return isInside;
  return range.address !== null && BigInt(range.address) - BigInt(whole.address) === BigInt(into);
}

/** In address order, what is no memory behind, with neighbours in both spaces joined. */
export function joinGrantRanges(ranges: readonly GrantRange[]): GrantRange[] {
  const joined: GrantRange[] = [];
  for (const range of [...ranges].sort(byAddress)) {
    const last = joined.at(-1);
    if (last !== undefined && follows(last, range)) {
      joined[joined.length - 1] = { ...last, length: last.length + range.length };
    } else joined.push(range);
  }
  return joined;
}

function follows(last: GrantRange, next: GrantRange): boolean {
  if (last.part !== next.part || last.offset + last.length !== next.offset) return false;
  if (!isMemory(last) || !isMemory(next)) return last.address === next.address;
  return endOf(last) === BigInt(next.address);
}

/** True where two ranges claim one address. */
export function overlapInMemory(ranges: readonly GrantRange[]): boolean {
  const sorted = ranges.filter(isMemory).sort(byAddress);
  return sorted.some((range, at) => {
    const next = sorted[at + 1];
    return next !== undefined && endOf(range) > BigInt(next.address);
  });
}

export const grantRange = (address: bigint, offset: number, length: number): GrantRange => ({
  address: addressText(address),
  part: null,
  offset,
  length,
});

/** Bytes that are no memory. */
export const placeRange = (part: string | null, offset: number, length: number): GrantRange => ({
  address: null,
  part,
  offset,
  length,
});

const endOf = ({ address, length }: MemoryRange): bigint => BigInt(address) + BigInt(length);

const holds = (range: MemoryRange, at: bigint): boolean => BigInt(range.address) <= at && at < endOf(range);

function byAddress(a: GrantRange, b: GrantRange): number {
  if (!isMemory(a) || !isMemory(b)) return isMemory(a) ? -1 : isMemory(b) ? 1 : byPlace(a, b);
  const difference = BigInt(a.address) - BigInt(b.address);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const byPlace = (a: GrantRange, b: GrantRange): number =>
  a.part === b.part ? a.offset - b.offset : (a.part ?? '') < (b.part ?? '') ? -1 : 1;
