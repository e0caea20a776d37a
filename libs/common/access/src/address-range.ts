import { z } from 'zod';
import { AccessError } from './access-error.js';
import { ASKED_RANGES_MAX, ASKED_RANGE_BYTES_MAX } from './limits.js';

const ADDRESS_END = 1n << 64n;

/** `0x` and up to 16 lower hex digits, without leading zeros: one spelling for each address. */
export const AddressText = z.string().regex(/^0x(?:0|[1-9a-f][0-9a-f]{0,15})$/);

export const addressText = (address: bigint): string => `0x${address.toString(16)}`;

/** A range of the crashed process's address space, as people name it. */
export const AddressRangeWire = z.strictObject({ address: AddressText, length: z.int().min(0) });
export type AddressRangeWire = z.infer<typeof AddressRangeWire>;

/** Up to, and not including, `end`. */
export interface AddressSpan {
  readonly start: bigint;
  readonly end: bigint;
}

/** One range, if it has bytes and an end: else `access.range-malformed`, `.range-empty` or `.range-wraps`. */
export function spanOf(range: { readonly address: string; readonly length: number }): AddressSpan {
  if (!AddressText.safeParse(range.address).success || !Number.isSafeInteger(range.length) || range.length < 0) {
    throw new AccessError('access.range-malformed');
  }
  if (range.length === 0) throw new AccessError('access.range-empty');
  const start = BigInt(range.address);
  const end = start + BigInt(range.length);
  if (end > ADDRESS_END) throw new AccessError('access.range-wraps');
  return { start, end };
}

/** What a person asked for, in address order and neighbours joined. Overlaps are refused: they are a mistake or a trick. */
export function normaliseAddressRanges(ranges: readonly AddressRangeWire[]): AddressRangeWire[] {
  if (ranges.length === 0) throw new AccessError('access.range-empty');
  if (ranges.length > ASKED_RANGES_MAX) throw new AccessError('access.too-many-ranges');
  if (ranges.some(({ length }) => length > ASKED_RANGE_BYTES_MAX)) throw new AccessError('access.range-too-long');
  const spans = ranges.map(spanOf).sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  const joined: AddressSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && span.start < last.end) throw new AccessError('access.ranges-overlap');
    if (last !== undefined && span.start === last.end) joined[joined.length - 1] = { start: last.start, end: span.end };
    else joined.push(span);
  }
  return joined.map(({ start, end }) => ({ address: addressText(start), length: Number(end - start) }));
}
