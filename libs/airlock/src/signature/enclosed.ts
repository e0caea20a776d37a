/** A stretch of text with brackets at both ends, or open until the end of the text. Half open: [start, end). */
export interface Enclosed {
  readonly start: number;
  readonly end: number;
}

/** The outermost `open … close` stretches, in order. A bracket that never closes reaches to the end. */
export function outermostEnclosed(text: string, open: string, close: string): Enclosed[] {
  const found: Enclosed[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === open) {
      if (depth === 0) start = i;
      depth++;
    } else if (char === close && depth > 0 && !isArrow(text, i)) {
      depth--;
      if (depth === 0) found.push({ start, end: i + 1 });
    }
  }
  return depth > 0 ? [...found, { start, end: text.length }] : found;
}

/** `->` closes no template: it stands in trailing return types and in Rust closures. */
const isArrow = (text: string, at: number): boolean => text.charAt(at) === '>' && text.charAt(at - 1) === '-';

/** Each outermost stretch replaced by what `replace` says; the text around it stays. */
export function replaceEnclosed(
  text: string,
  open: string,
  close: string,
  replace: (inside: string, before: string) => string,
): string {
  let result = '';
  let at = 0;
  for (const { start, end } of outermostEnclosed(text, open, close)) {
    result += text.slice(at, start);
    result += replace(text.slice(start, end), text.slice(0, start));
    at = end;
  }
  return result + text.slice(at);
}
