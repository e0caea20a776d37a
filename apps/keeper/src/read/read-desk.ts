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
import { Denials } from './denials.js';
import { findReadCase } from './read-case.js';
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
}

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
    const { read, charged } = await this.#authorise(request);
    const { keys, objects } = this.#rooms;
    const bytes = await unsealRanges(read, charged, keys, objects);
    const { left, leaf, expiresAt } = charged;
    const answer = { bytes: bytes.length, budgetLeft: left, leaf, expiresAt: expiresAt.toISOString() };
    return { answer: { ...answer, nonce: this.nonce() }, bytes };
  }

  async #authorise(request: ReadRequest): Promise<{ readonly read: AllowedRead; readonly charged: ChargedRead }> {
    try {
      const read = await this.#verified(request);
      this.#pace.require(read.grant.id, read.bytes);
      return { read, charged: await this.#charged(read) };
    } catch (error) {
      if (error instanceof AccessError) await this.#denials.append(this.#rooms.store.rows, request, error.code);
      throw error;
    }
  }

  async #verified(request: ReadRequest): Promise<AllowedRead> {
    const { store, party, trust } = this.#rooms;
    const found = await findReadCase(store.rows, request.grant);
    if (found === null) throw new AccessError('access.grant-unknown');
    return verifyRead(found, request, { party, trust: await trust.at(store.rows, found.epoch), proofs: this.#proofs });
  }

  async #charged({ grant, permit, ranges, bytes }: AllowedRead): Promise<ChargedRead> {
    const { id, version, dump, device } = grant;
    const { rows } = this.#rooms.store;
    const read = { grant: id, version, dump, device, requester: permit.person, ranges, bytes };
    const charged = await chargeRead(rows, read);
    if (charged !== null) return charged;
    // Something changed between the look and the statement. What it was is for the reason only: the answer is no.
    const now = await findReadCase(rows, id);
    const refusal = now === null ? 'access.grant-unknown' : (refusalOf(now) ?? whyCharged(now.grant, bytes));
    throw new AccessError(refusal);
  }
}

const whyCharged = (grant: { usedBytes: number; bytes: number }, bytes: number) =>
  grant.usedBytes + bytes > grant.bytes ? 'access.over-budget' : 'access.role-lost';
