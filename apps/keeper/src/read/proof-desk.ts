import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AccessError, askHash, verifyProof } from '@crashkeep/access';
import type { ReadRequest } from '@crashkeep/keeper-wire';

/** A device's clock may be wrong, so freshness is by a nonce of ours and not by `iat`. */
const NONCE_MS = 120_000;
const MAC_BYTES = 16;
/** Proofs that are remembered in one such time; reads are capped long before. */
const SEEN_MAX = 500_000;

/**
 * Proofs that the requester's device made for this read and for no other: right key, method, address and ranges, a nonce that
 * this process gave out lately, and never twice. A keeper that starts anew takes no old nonce, so nothing is replayed across that.
 */
export class ProofDesk {
  readonly #origin: string;
  readonly #key = randomBytes(32);
  #seen = { since: 0, now: new Set<string>(), before: new Set<string>() };

  constructor(origin: string) {
    this.#origin = origin;
  }

  nonce(now = Date.now()): string {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(now));
    return Buffer.concat([time, this.#mac(time)]).toString('base64url');
  }

  /** Throws `access.proof-…`. */
  async require(
    { grant, via, proof: text, asked }: Pick<ReadRequest, 'grant' | 'via' | 'proof' | 'asked'>,
    device: string | null,
    now = Date.now(),
  ): Promise<void> {
    if (text === null) throw new AccessError('access.proof-missing');
    const proof = await verifyProof(text);
    if (proof.device !== device) throw new AccessError('access.proof-other-device');
    const isForThis = proof.htm === via && proof.htu === `${this.#origin}/api/v1/grants/${grant}/bytes`;
    if (!isForThis || proof.ask !== (await askHash(asked))) throw new AccessError('access.proof-refused');
    if (!this.#isFresh(proof.nonce, now)) throw new AccessError('access.proof-stale');
    this.#once(`${proof.device} ${proof.jti}`, now);
  }

  #isFresh(nonce: string, now: number): boolean {
    const bytes = Buffer.from(nonce, 'base64url');
    if (bytes.length !== 8 + MAC_BYTES) return false;
    const [time, mac] = [bytes.subarray(0, 8), bytes.subarray(8)];
    const age = now - Number(time.readBigUInt64BE());
    return timingSafeEqual(mac, this.#mac(time)) && age >= 0 && age < NONCE_MS;
  }

  /** Two generations, each as long as a nonce lives: what left both could not be used again anyhow. */
  #once(name: string, now: number): void {
    if (now - this.#seen.since >= NONCE_MS) {
      this.#seen = { since: now, now: new Set(), before: this.#seen.now };
    }
    if (this.#seen.now.has(name) || this.#seen.before.has(name)) throw new AccessError('access.proof-replayed');
    if (this.#seen.now.size >= SEEN_MAX) throw new AccessError('access.too-fast');
    this.#seen.now.add(name);
  }

  #mac(time: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(time).digest().subarray(0, MAC_BYTES);
  }
}
