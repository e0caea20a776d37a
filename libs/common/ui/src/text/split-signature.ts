/** A signature taken apart for the eye: `core::option::unwrap_failed | ` `route::RouteMap::` `resolve` `(Key const&)`. */
export interface SplitSignature {
  /** The parts before the last, each with its ` | `. */
  readonly lead: string;
  readonly path: string;
  /** What a person looks for: the last name of the last part. */
  readonly name: string;
  readonly tail: string;
}

/** The four pieces put together are the signature again. */
export function splitSignature(signature: string): SplitSignature {
  const bar = signature.lastIndexOf(' | ');
  const lead = bar < 0 ? '' : signature.slice(0, bar + 3);
  return { lead, ...splitFunction(signature.slice(lead.length)) };
}

/** Path, last name and arguments of a C++ or Rust name. `::` inside brackets belongs to an argument, not to the path. */
export function splitFunction(text: string): Omit<SplitSignature, 'lead'> {
  let nameAt = 0;
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('operator', at) && at === nameAt) {
      const end = endOfOperator(text, at);
      const next = pathAfter(text, end);
      if (next === null) return cut(text, nameAt, end);
      at = nameAt = next;
      continue;
    }
    const char = text.charAt(at);
    if (char === '(' && at > nameAt) {
      // `total_area(Shape const&)::$_0::operator()`: the arguments of a function that a lambda lives in are path.
      const next = pathAfter(text, at);
      if (next === null) return cut(text, nameAt, at);
      at = nameAt = next;
      continue;
    }
    if (text.startsWith('::', at)) nameAt = at + 2;
    at = '<({['.includes(char) ? endOfBrackets(text, at) : at + 1;
  }
  return cut(text, nameAt, text.length);
}

/** Where the path goes on after a list of arguments that opens here; null where it does not. */
function pathAfter(text: string, open: number): number | null {
  if (text.charAt(open) !== '(') return null;
  const [more] = /^(?: const| volatile|&)*::/u.exec(text.slice(endOfBrackets(text, open))) ?? [];
  return more === undefined ? null : endOfBrackets(text, open) + more.length;
}

/** Just past the bracket that closes the one at `open`. */
function endOfBrackets(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const char = text.charAt(at);
    if ('<({['.includes(char)) depth += 1;
    // The `>` of `->` closes nothing.
    if ('>)}]'.includes(char) && text.charAt(at - 1) !== '-') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** `operator()`, `operator<<`, `operator bool`: the arguments begin at the next bracket after the symbol. */
function endOfOperator(text: string, at: number): number {
  const symbol = at + 'operator'.length;
  const open = text.indexOf('(', text.startsWith('()', symbol) ? symbol + 2 : symbol);
  return open < 0 ? text.length : open;
}

function cut(text: string, nameAt: number, endAt: number): Omit<SplitSignature, 'lead'> {
  return { path: text.slice(0, nameAt), name: text.slice(nameAt, endAt), tail: text.slice(endAt) };
}
