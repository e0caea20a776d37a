import type { AddressRange } from '../api/wire.js';

/** Bytes are asked for in pages of this size: what is charged is what was asked. */
export const PAGE_BYTES = 512;
export const ROW_BYTES = 16;

/** A row of the view: 16 bytes, or fewer where a range begins or ends. */
export interface HexRow {
  readonly address: bigint;
  readonly length: number;
  /** The page that it belongs to: what one read of it costs. */
  readonly page: Page;
  /** True for the first row of a granted range. */
  readonly first: boolean;
}

export interface Page {
  readonly address: bigint;
  readonly length: number;
}

/** The page of a range that holds an address: cut at the range's edges, so that no byte outside is asked for. */
export function pageAt(range: AddressRange, at: bigint): Page {
  const start = BigInt(range.address);
  const end = start + BigInt(range.length);
  const index = (at - start) / BigInt(PAGE_BYTES);
  const address = start + index * BigInt(PAGE_BYTES);
  const left = Number(end - address);
  return { address, length: Math.min(PAGE_BYTES, left) };
}

/** Row `index` of the ranges laid one after another. */
export function rowAt(ranges: readonly AddressRange[], index: number): HexRow | null {
  let before = 0;
  for (const range of ranges) {
    const rows = rowsOf(range);
    if (index < before + rows) {
      const into = (index - before) * ROW_BYTES;
      const address = BigInt(range.address) + BigInt(into);
      const length = Math.min(ROW_BYTES, range.length - into);
      return { address, length, page: pageAt(range, address), first: index === before };
    }
    before += rows;
  }
  return null;
}

export const rowsOf = (range: AddressRange): number => Math.ceil(range.length / ROW_BYTES);

export const rowCount = (ranges: readonly AddressRange[]): number =>
  ranges.reduce((sum, range) => sum + rowsOf(range), 0);

/** The row that shows an address, or null where it is not granted. */
export function rowOf(ranges: readonly AddressRange[], address: bigint): number | null {
  let before = 0;
  for (const range of ranges) {
    const into = address - BigInt(range.address);
    if (into >= 0n && into < BigInt(range.length)) return before + Number(into / BigInt(ROW_BYTES));
    before += rowsOf(range);
  }
  return null;
}

export function rangeHolding<R extends AddressRange>(ranges: readonly R[], address: bigint): R | null {
  return (
    ranges.find(
      (range) => BigInt(range.address) <= address && address < BigInt(range.address) + BigInt(range.length),
    ) ?? null
  );
}
