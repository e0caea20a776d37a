import { z } from 'zod';
import { AccessError } from './access-error.js';

const safe = z.int().min(0);

/** Bytes of a dump's plaintext, by place in the file; or of a sealed part, what a client sent beside the dump. */
export const FileRangeWire = z.strictObject({ part: z.uuid().optional(), offset: safe, length: safe });
export type FileRange = z.infer<typeof FileRangeWire>;

/** Refuses what is no range at all: fractions, negatives, more than 2^53, nothing. */
export function requireFileRange({ offset, length }: FileRange): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw new AccessError('access.range-malformed');
  }
  if (length === 0) throw new AccessError('access.range-empty');
  if (!Number.isSafeInteger(offset + length)) throw new AccessError('access.range-wraps');
}

/** The union: sorted, disjoint, neighbours joined. Overlaps are fine here; each range must be one. */
export function mergeFileRanges(ranges: readonly FileRange[]): FileRange[] {
  ranges.forEach(requireFileRange);
  const merged: FileRange[] = [];
  for (const range of [...ranges].sort(byPlace)) {
    const { part, offset, length } = range;
    const last = merged.at(-1);
    if (last !== undefined && last.part === part && offset <= last.offset + last.length) {
      merged[merged.length - 1] = { ...last, length: Math.max(last.length, offset + length - last.offset) };
    } else merged.push(fileRange(part, offset, length));
  }
  return merged;
}

const byPlace = (a: FileRange, b: FileRange): number =>
  (a.part ?? '') === (b.part ?? '') ? a.offset - b.offset : (a.part ?? '') < (b.part ?? '') ? -1 : 1;

/** Of the dump itself where there is no part. */
export const fileRange = (part: string | null | undefined, offset: number, length: number): FileRange =>
  part === null || part === undefined ? { offset, length } : { part, offset, length };

/** True where every byte of `range` lies in a union that `mergeFileRanges` made. */
export function containsFileRange(union: readonly FileRange[], range: FileRange): boolean {
  requireFileRange(range);
  return union.some(
    ({ part, offset, length }) =>
      part === range.part && range.offset >= offset && range.offset + range.length <= offset + length,
  );
}

/** Bytes that a read of these ranges gives, and is charged for: a byte that is named twice counts twice. */
export const totalBytes = (ranges: readonly { readonly length: number }[]): number =>
  ranges.reduce((sum, { length }) => sum + length, 0);
