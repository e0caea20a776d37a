/**
 * A table of codes and names as one text: `CODE:` begins a run, whose names have CODE, CODE + 1 and so on. All names share a prefix,
 * which is left out; one that lacks it begins with `!`. Parsed when a code is first looked up: most dumps never ask.
 */
export class CodeTable {
  readonly #texts: readonly string[];
  readonly #prefix: string;
  readonly #radix: 10 | 16;
  #names: Map<number, string> | null = null;

  constructor(prefix: string, radix: 10 | 16, ...texts: readonly string[]) {
    this.#prefix = prefix;
    this.#radix = radix;
    this.#texts = texts;
  }

  name(code: number): string | null {
    return (this.#names ??= this.#parse()).get(code) ?? null;
  }

  #parse(): Map<number, string> {
    const names = new Map<number, string>();
    let code = 0;
    for (const word of this.#texts.join(' ').split(/\s+/)) {
      if (word === '') continue;
      if (word.endsWith(':')) code = parseInt(word, this.#radix);
      else names.set(code++, word.startsWith('!') ? word.slice(1) : this.#prefix + word);
    }
    return names;
  }
}
