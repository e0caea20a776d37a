/** A FUNC record's extent, or where a PUBLIC record begins. `row` is the caller's. */
interface SpanInput {
  readonly address: number;
  /** Where it ends, for a PUBLIC record at the latest. */
  readonly end: number;
  readonly row: number;
}

export interface Span {
  readonly start: number;
  readonly end: number;
  /** Where the symbol begins; before `start` where a function covers its beginning. */
  readonly base: number;
  readonly isFunction: boolean;
  readonly row: number;
}

const ADDRESS_END = 0xffff_ffff;

/**
 * Which record answers for which addresses, as rust-minidump has it: a FUNC for its own range; elsewhere the nearest
 * PUBLIC below, unless a FUNC begins at or after it. A PUBLIC has no size: it reaches to the next record, or to its section's end
 * where that is known.
 *
 * Both lists are sorted by address; functions do not overlap.
 */
export function* resolveSpans(functions: readonly SpanInput[], publics: readonly SpanInput[]): Generator<Span> {
  let next = 0;
  let gapStart = 0;
  for (let i = 0; i <= functions.length; i++) {
    const func = functions[i];
    const gapEnd = func?.address ?? ADDRESS_END;
    const previousStart = functions[i - 1]?.address ?? -1;
    while ((publics[next]?.address ?? ADDRESS_END) < gapEnd) {
      const symbol = publics[next++];
      const end = Math.min(publics[next]?.address ?? gapEnd, gapEnd, symbol?.end ?? gapEnd);
      if (symbol === undefined || symbol.address <= previousStart) continue;
      const start = Math.max(symbol.address, gapStart);
      // Also where a damaged ELF file places a symbol behind its own section's end.
      if (end <= start) continue;
      yield { start, end, base: symbol.address, isFunction: false, row: symbol.row };
    }
    if (func === undefined) return;
    yield { start: func.address, end: func.end, base: func.address, isFunction: true, row: func.row };
    gapStart = func.end;
  }
}
