import { Buffer } from 'node:buffer';
import type { FileRange } from '@crashkeep/snapshot';

/** f64 offset, u32 length. */
const RANGE_BYTES = 12;

export function encodeRanges(ranges: readonly FileRange[]): Buffer {
  const bytes = Buffer.allocUnsafe(ranges.length * RANGE_BYTES);
  ranges.forEach(({ offset, length }, i) => {
    bytes.writeDoubleLE(offset, i * RANGE_BYTES);
    bytes.writeUInt32LE(length, i * RANGE_BYTES + 8);
  });
  return bytes;
}

/** Null where the payload is not exactly `count` ranges. The numbers themselves are the caller's to check. */
export function decodeRanges(payload: Buffer, count: number): FileRange[] | null {
  if (payload.length !== count * RANGE_BYTES) return null;
  return Array.from({ length: count }, (_, i) => ({
    offset: payload.readDoubleLE(i * RANGE_BYTES),
    length: payload.readUInt32LE(i * RANGE_BYTES + 8),
  }));
}
