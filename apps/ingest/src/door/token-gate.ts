import { createHash } from 'node:crypto';
import type { TokenClass, VerifiedToken } from '@crashkeep/identity';

export type VerifyToken = (text: string, accepted: readonly TokenClass[]) => Promise<VerifiedToken | null>;

/** How long an answer is believed: a revoked token opens for this much longer. */
const BELIEVED_MS = 5_000;
const MAX_BELIEVED = 10_000;
/** While the database does not answer, who was known goes on being known for so long: crashes do not wait. */
const REMEMBERED_MS = 24 * 3600 * 1000;

interface Believed {
  readonly holder: VerifiedToken | null;
  readonly until: number;
}

/** Who a token is, asked of the database once in a few seconds. Texts are kept as hashes only. */
export class TokenGate {
  readonly #verify: VerifyToken;
  readonly #believed = new Map<string, Believed>();
  readonly #now: () => number;

  constructor(verify: VerifyToken, now: () => number = Date.now) {
    this.#verify = verify;
    this.#now = now;
  }

  /** Null where the token is unknown, revoked, or of another class: nobody outside learns which. */
  async holderOf(text: string, wanted: TokenClass): Promise<VerifiedToken | null> {
    const key = `${wanted} ${createHash('sha256').update(text).digest('hex')}`;
    const known = this.#believed.get(key);
    if (known && this.#now() < known.until) return known.holder;
    const holder = await this.#verify(text, [wanted]).catch((error: unknown) => {
      if (known?.holder && this.#now() < known.until + REMEMBERED_MS) return known.holder;
      throw error;
    });
    if (this.#believed.size >= MAX_BELIEVED) this.#believed.clear();
    this.#believed.set(key, { holder, until: this.#now() + BELIEVED_MS });
    return holder;
  }
}
