import { createHash } from 'node:crypto';
import { Trust, type TrustGround, type VerifyAssertion } from '@crashkeep/access';
import type { SqlTransaction } from '@crashkeep/ledger';
import { findTrustEpoch, findTrustRows } from './statement-rows.js';

/** Signatures whose verification is remembered: many times what a vault of hundreds of people has. */
const REMEMBERED_MAX = 20_000;

/**
 * What signatures amount to, verified from the pinned root outwards and kept until the rows' epoch rises. A row that lies about
 * the epoch makes this answer with what was verified before: it takes a right back in time and gives none (docs/security.md).
 */
export class TrustBook {
  readonly #ground: () => TrustGround | Promise<TrustGround>;
  readonly #verified = new Map<string, boolean>();
  #known: { readonly epoch: bigint; readonly root: string; readonly trust: Trust } | null = null;

  constructor(ground: () => TrustGround | Promise<TrustGround>) {
    this.#ground = ground;
  }

  /** As of now: one small query where nothing changed. */
  async now(tx: SqlTransaction): Promise<Trust> {
    return this.at(tx, await findTrustEpoch(tx));
  }

  /** As of this epoch or a later one. */
  async at(tx: SqlTransaction, epoch: bigint): Promise<Trust> {
    const ground = await this.#ground();
    const root = JSON.stringify(ground.root);
    if (this.#known?.epoch === epoch && this.#known.root === root) return this.#known.trust;
    const rows = await findTrustRows(tx);
    const trust = await Trust.of(rows, { ...ground, verify: this.#remembering(ground.verify) });
    this.#known = { epoch: rows.epoch, root, trust };
    return trust;
  }

  /** The same rows in a transaction that has changed them and may still be rolled back: nothing of it is kept. */
  async within(tx: SqlTransaction): Promise<Trust> {
    const ground = await this.#ground();
    return Trust.of(await findTrustRows(tx), { ...ground, verify: this.#remembering(ground.verify) });
  }

  /** By hash of all that is verified: an ECDSA signature once, however often the rows are read. */
  #remembering(verify: VerifyAssertion): VerifyAssertion {
    return async (challenge, key, assertion) => {
      const about = JSON.stringify([Buffer.from(challenge).toString('hex'), key.credential, key.publicKey, assertion]);
      const name = createHash('sha256').update(about).digest('base64');
      const known = this.#verified.get(name);
      if (known !== undefined) return known;
      const verified = await verify(challenge, key, assertion);
      if (this.#verified.size >= REMEMBERED_MAX) this.#verified.clear();
      this.#verified.set(name, verified);
      return verified;
    };
  }
}
