import type { FileRange } from '@crashkeep/access';
import type { MaskRanges } from '@crashkeep/strict-store';
import type { DumpMask } from './mask-book.js';

/** Bytes of an answer that are not what the dump holds: zeros in their place. */
export interface HiddenSpan {
  /** In the answer's own bytes. */
  readonly at: number;
  readonly length: number;
  /** `secret`: what the screen found. `unsearched`: what the present detectors have not looked at. */
  readonly cause: 'secret' | 'unsearched';
}

/** More places than this in one answer are told as fewer and wider ones. */
export const HIDDEN_SPANS_MAX = 256;

/** Where a mask meets the ranges of a read, in the order of the answer. Ranges may be of a part that came with the dump. */
export function hiddenSpans(mask: DumpMask, ranges: readonly FileRange[]): HiddenSpan[] {
  const spans: HiddenSpan[] = [];
  let at = 0;
  for (const { offset, length, part } of ranges) {
    const object = mask.isCurrent ? mask.statement.objects.find((it) => it.part === (part ?? null)) : undefined;
    if (object === undefined) spans.push({ at, length, cause: 'unsearched' });
    else {
      spans.push(...meeting(object.secret, { offset, length }, at, 'secret'));
      spans.push(...meeting(object.unsearched, { offset, length }, at, 'unsearched'));
    }
    at += length;
  }
  return coarser(apart(spans));
}

export function hide(bytes: Buffer, spans: readonly HiddenSpan[]): void {
  for (const { at, length } of spans) bytes.fill(0, at, at + length);
}

export const hiddenBytes = (spans: readonly HiddenSpan[]): number => spans.reduce((sum, { length }) => sum + length, 0);

function meeting(masked: MaskRanges, range: FileRange, at: number, cause: HiddenSpan['cause']): HiddenSpan[] {
  const end = range.offset + range.length;
  const spans: HiddenSpan[] = [];
  for (let i = firstBehind(masked, range.offset); i < masked.length; i++) {
    const [offset, length] = masked[i] ?? [0, 0];
    if (offset >= end) break;
    const from = Math.max(offset, range.offset);
    const to = Math.min(offset + length, end);
    if (to > from) spans.push({ at: at + from - range.offset, length: to - from, cause });
  }
  return spans;
}

/** The first of the sorted ranges that ends behind `offset`. */
function firstBehind(masked: MaskRanges, offset: number): number {
  let low = 0;
  let high = masked.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const [start, length] = masked[middle] ?? [0, 0];
    if (start + length <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorted and without overlap; where both causes hold, `secret` is told. */
function apart(spans: readonly HiddenSpan[]): HiddenSpan[] {
  const kept: HiddenSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.at - b.at || b.length - a.length)) {
    const last = kept.at(-1);
    if (last === undefined || span.at >= last.at + last.length) {
      kept.push(span);
      continue;
    }
    const end = Math.max(last.at + last.length, span.at + span.length);
    const cause = last.cause === 'secret' || span.cause === 'secret' ? 'secret' : 'unsearched';
    kept[kept.length - 1] = { at: last.at, length: end - last.at, cause };
  }
  return kept;
}

function coarser(spans: readonly HiddenSpan[]): HiddenSpan[] {
  if (spans.length <= HIDDEN_SPANS_MAX) return [...spans];
  const step = Math.ceil(spans.length / HIDDEN_SPANS_MAX);
  const wide: HiddenSpan[] = [];
  for (let i = 0; i < spans.length; i += step) {
    const first = spans[i];
    const last = spans[Math.min(i + step, spans.length) - 1];
    if (first === undefined || last === undefined) break;
    const isSecret = spans.slice(i, i + step).some(({ cause }) => cause === 'secret');
    wide.push({ at: first.at, length: last.at + last.length - first.at, cause: isSecret ? 'secret' : 'unsearched' });
  }
  return wide;
}
