/** What can be wrong with a ledger. */
export type VerifyCode =
  /** There is no checkpoint, or it is none. */
  | 'verify.no-checkpoint'
  /** No key that was named signed the checkpoint, itself or by a succession. */
  | 'verify.not-signed'
  /** A witness that was named did not cosign it. */
  | 'verify.not-cosigned'
  /** It is of another log than the one that is remembered. */
  | 'verify.other-ledger'
  /** It is of a smaller tree than one that was seen before. */
  | 'verify.rolled-back'
  /** The tree does not begin with one that was seen before. */
  | 'verify.forked'
  /** The leaves make another root than the checkpoint says. */
  | 'verify.root-differs'
  | 'verify.tile-missing'
  | 'verify.tile-changed'
  | 'verify.bundle-missing'
  /** It cannot be read as entries, or has fewer or more than the tree says. */
  | 'verify.bundle-changed'
  | 'verify.leaf-changed'
  /** Leaves of one tile are all there, and stand in another order. */
  | 'verify.order-changed'
  /** An act that is in the ledger twice. */
  | 'verify.leaf-repeated'
  /** A line of an export cannot be read, or its place is not one of the tree. */
  | 'verify.malformed-line'
  /** A line of an export whose proof leads to another root. */
  | 'verify.proof-fails';

export interface Finding {
  readonly code: VerifyCode;
  /** Which object, leaf or line: `tile/0/x001/234`, `leaf 1234`, `line 7`, `checkpoint`. */
  readonly where: string;
}

/** After so many the rest says nothing new. */
const MAX_FINDINGS = 100;

export class Findings {
  readonly #found: Finding[] = [];

  add(code: VerifyCode, where: string): void {
    if (this.#found.length < MAX_FINDINGS) this.#found.push({ code, where });
  }

  get all(): readonly Finding[] {
    return this.#found;
  }
}
