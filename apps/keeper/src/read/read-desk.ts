import { AccessError } from '@crashkeep/access';
import type { PasskeyParty } from '@crashkeep/identity';
import type { ReadAnswer, ReadRequest } from '@crashkeep/keeper-wire';
import {
  type ChargedRead,
  type ObjectStore,
  type StrictStore,
  type TrustBook,
  chargeRead,
} from '@crashkeep/strict-store';
import type { KeyProvider } from '../keys/key-provider.js';
import { type HiddenSpan, hiddenBytes, hiddenSpans, hide } from '../masks/hide-masked.js';
import type { DumpMask, MaskBook } from '../masks/mask-book.js';
import { Denials } from './denials.js';
import { type ReadCase, findReadCase } from './read-case.js';
import { ProofDesk } from './proof-desk.js';
import { ReadPace } from './read-pace.js';
import { unsealRanges } from './unseal-ranges.js';
import { type AllowedRead, refusalOf, verifyRead } from './verify-read.js';

interface Rooms {
  readonly store: StrictStore;
  readonly objects: ObjectStore;
  readonly keys: KeyProvider;
  readonly trust: TrustBook;
  readonly party: PasskeyParty;
  readonly masks: MaskBook;
}

/** A read with the mask under which its bytes leave. */
interface MaskedRead {
  readonly read: AllowedRead;
  readonly mask: DumpMask;
  readonly hidden: readonly HiddenSpan[];
}

/** A mask that is written while a read is on its way is taken instead, so often. */
const MASK_TRIES = 3;

/** Where a read is judged, charged, written down and only then opened. */
export class ReadDesk {
  readonly #rooms: Rooms;
  readonly #denials = new Denials();
  readonly #pace = new ReadPace();
  readonly #proofs: ProofDesk;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#proofs = new ProofDesk(rooms.party.origin);
  }

  /** What a device puts into its next proof. */
  nonce(): string {
    return this.#proofs.nonce();
  }

  /** Throws an AccessError, after its leaf was appended. */
  async read(request: ReadRequest): Promise<{ readonly answer: ReadAnswer; readonly bytes: Buffer }> {
    this.#denials.requireCalm(request.person);
    const { read, hidden, charged } = await this.#authorise(request);
    const { keys, objects } = this.#rooms;
    const bytes = await unsealRanges(read, charged, keys, objects);
    hide(bytes, hidden);
    const { left, leaf, expiresAt } = charged;
    const answer = { bytes: bytes.length, budgetLeft: left, leaf, expiresAt: expiresAt.toISOString() };
    return { answer: { ...answer, masks: [...hidden], nonce: this.nonce() }, bytes };
  }

  async #authorise(request: ReadRequest): Promise<MaskedRead & { readonly charged: ChargedRead }> {
    try {
      const masked = await this.#verified(request);
      this.#pace.require(masked.read.grant.id, masked.read.bytes);
      return await this.#charged(masked);
    } catch (error) {
      if (error instanceof AccessError) await this.#denials.append(this.#rooms.store.rows, request, error.code);
      throw error;
    }
  }

  async #verified(request: ReadRequest): Promise<MaskedRead> {
    const { store, party, trust } = this.#rooms;
    const found = await findReadCase(store.rows, request.grant);
    if (found === null) throw new AccessError('access.grant-unknown');
    const verifier = { party, trust: await trust.at(store.rows, found.epoch), proofs: this.#proofs };
    return this.#masked(await verifyRead(found, request, verifier), found);
  }

  async #masked(read: AllowedRead, found: ReadCase): Promise<MaskedRead> {
    const { masks, store } = this.#rooms;
    const { dump: id, project } = read.grant;
    const mask = await masks.of(store.rows, { id, project }, found.masks);
    return { read, mask, hidden: hiddenSpans(mask, read.ranges) };
  }

  /**
   * The statement asks once more whether the mask is still the newest: each new one writes the grant's row. Then it is charged
   * under that one, with all other conditions asked again.
   */
  async #charged(first: MaskedRead): Promise<MaskedRead & { readonly charged: ChargedRead }> {
    const { rows } = this.#rooms.store;
    let masked = first;
    for (let tries = 1; ; tries++) {
      const { read, mask, hidden } = masked;
      const { id, version, dump, device } = read.grant;
      const { permit, ranges, bytes } = read;
      const charged = await chargeRead(rows, {
        ...{ grant: id, version, dump, device, requester: permit.person, ranges, bytes },
        mask: { id: mask.id, epoch: mask.epoch, hidden: hiddenBytes(hidden) },
      });
      if (charged !== null) return { ...masked, charged };
      // Something changed between the look and the statement. What it was is for the reason only: the answer is no.
      const now = await findReadCase(rows, id);
      const refusal = now === null ? 'access.grant-unknown' : refusalOf(now);
      if (now === null || refusal !== null) throw new AccessError(refusal ?? 'access.grant-unknown');
      if (now.masks.mask_epoch === mask.epoch || tries === MASK_TRIES)
        throw new AccessError(whyCharged(now.grant, bytes));
      masked = await this.#masked(read, now);
    }
  }
}

const whyCharged = (grant: { usedBytes: number; bytes: number }, bytes: number) =>
  grant.usedBytes + bytes > grant.bytes ? 'access.over-budget' : 'access.role-lost';
