/** What is fuzzed, and what counts as a right answer. */
export interface FuzzTarget {
  /** URLs of the code whose blocks guide the search. */
  readonly code: RegExp;
  /** Inputs to begin from; never empty. */
  seeds(): Uint8Array[] | Promise<Uint8Array[]>;
  /**
   * Tries one input. Gives the class of the outcome, coarse enough that equal classes took about the same way. Throws for whatever is
   * not a right answer: another error than the package's closed one, or a budget that was passed.
   */
  run(bytes: Uint8Array): string | Promise<string>;
}

/** Our own libraries, as they are compiled. */
export const OWN_LIBRARIES = /\/libs\/strict\/[a-z]+\/dist\//;

/** A budget was passed. */
export class BudgetPassed extends Error {
  override readonly name = 'BudgetPassed';
}

/** The power of two that `count` reaches: outcomes that differ less are one class. */
export function magnitude(count: number): number {
  return count <= 0 ? 0 : 1 + Math.floor(Math.log2(count));
}
