/** Names that a rule is about, with the reason for it. `match` is anchored at both ends by `isAnyOf`. */
export interface Rule {
  readonly match: string;
  readonly reason: string;
}

/** True where the whole name fits one of the rules. */
export function isAnyOf(rules: readonly Rule[]): (name: string) => boolean {
  const all = new RegExp(`^(?:${rules.map((it) => it.match).join('|')})$`);
  return (name) => all.test(name);
}
