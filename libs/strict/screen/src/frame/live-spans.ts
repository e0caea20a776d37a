import type { Span } from './window.js';

export const PAGE_BYTES = 4096;
const PAGE_WORDS = PAGE_BYTES / 4;
/** Some anchors begin with zeros: they may begin at the end of a zero page. */
const LEAD_BYTES = 64;

export interface LiveSpans {
  readonly spans: readonly Span[];
  readonly constantBytes: number;
  readonly endsConstant: boolean;
}

/**
 * The pages of [from, to) that are not one word over and over. Node reserves gigabytes that it never writes: leaving them
 * out is the largest speed-up there is. `from` lies on a page, or at the beginning of the run.
 */
export function liveSpans(words: Int32Array, from: number, to: number, afterConstant: boolean): LiveSpans {
  const spans: { from: number; to: number }[] = [];
  let constantBytes = 0;
  let constant = afterConstant;
  for (let page = from; page < to;) {
    const end = Math.min((page & ~(PAGE_BYTES - 1)) + PAGE_BYTES, to);
    if (isConstant(words, page, end)) {
      constantBytes += end - page;
      constant = true;
    } else {
      const last = spans.at(-1);
      if (last?.to === page) last.to = end;
      else spans.push({ from: constant ? Math.max(0, page - LEAD_BYTES) : page, to: end });
      constant = false;
    }
    page = end;
  }
  return { spans, constantBytes, endsConstant: constant };
}

function isConstant(words: Int32Array, from: number, to: number): boolean {
  const first = (from + 3) >> 2;
  const last = to >> 2;
  if (last - first < PAGE_WORDS / 2 || ((from | to) & 3) !== 0) return false;
  const value = words[first] ?? 0;
  for (let i = first + 1; i < last; i++) if ((words[i] ?? 0) !== value) return false;
  return true;
}
