import type { ScanMemory } from '../kernels/scan-memory.js';
import type { Span } from './window.js';

export const PAGE_BYTES = 4096;
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
export function liveSpans(memory: ScanMemory, from: number, to: number, afterConstant: boolean): LiveSpans {
  const spans: { from: number; to: number }[] = [];
  const firstWhole = Math.ceil(from / PAGE_BYTES) * PAGE_BYTES;
  const marks = memory.constantPages(firstWhole, Math.max(0, (to - firstWhole) >> 12));
  let constantBytes = 0;
  let constant = afterConstant;
  for (let page = from; page < to;) {
    const end = Math.min((page & ~(PAGE_BYTES - 1)) + PAGE_BYTES, to);
    if (end - page === PAGE_BYTES ? marks[(page - firstWhole) >> 12] === 1 : isConstant(memory.words, page, end)) {
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

/** A part of a page, at the edge of a run. */
function isConstant(words: Int32Array, from: number, to: number): boolean {
  if (to - from < PAGE_BYTES / 2 || ((from | to) & 3) !== 0) return false;
  const value = words[from >> 2];
  for (let i = (from >> 2) + 1; i < to >> 2; i++) if (words[i] !== value) return false;
  return true;
}
