import {
  AccessError,
  type AccessErrorCode,
  type Actor,
  type FileRange,
  READ_BYTES_MAX,
  RefusalMeter,
  locate,
} from '@crashkeep/access';
import type { GrantId } from '@crashkeep/ids';
import { KeeperError, type ReadAnswer } from '@crashkeep/keeper-wire';
import { appendLeaf } from '@crashkeep/ledger';
import { findGrant } from '@crashkeep/strict-store';
import type { Room } from '../room.js';

export interface AskedBytes {
  readonly address: string;
  readonly length: string;
}

/**
 * Bytes by address, as the keeper gives them. This side only finds where an address lies in the file; whether the read is
 * allowed the keeper says. What is refused here already leaves its leaf here.
 */
export class ByteRelay {
  readonly #room: Room;
  readonly #meter = new RefusalMeter();

  constructor(room: Room) {
    this.#room = room;
  }

  async read(actor: Actor, grant: GrantId, asked: AskedBytes): Promise<ReadAnswer & { readonly plaintext: Buffer }> {
    if (!this.#meter.isCalm(actor.person)) throw new KeeperError('keeper.too-many-refusals');
    const ranges = await this.#located(actor, grant, asked);
    return this.#room.keeper.read({ grant, person: actor.person, ranges });
  }

  async #located(actor: Actor, id: GrantId, asked: AskedBytes): Promise<FileRange[]> {
    try {
      const range = { address: asked.address, length: wholeNumber(asked.length) };
      const grant = await findGrant(this.#room.strict.rows, id);
      if (grant === null) throw new AccessError('access.grant-unknown');
      if (grant.requester !== actor.person) throw new AccessError('access.not-requester');
      if (range.length > READ_BYTES_MAX) throw new AccessError('access.read-too-long');
      const ranges = locate(grant.ranges, range);
      if (ranges === null) throw new AccessError('access.outside-scope');
      return ranges;
    } catch (error) {
      if (error instanceof AccessError) await this.#denied(actor, id, error.code);
      throw error;
    }
  }

  async #denied({ person }: Actor, grant: GrantId, code: AccessErrorCode): Promise<void> {
    this.#meter.refused(person);
    await appendLeaf(this.#room.strict.rows, 'strict-api', { act: 'read.denied', grant, person, code, ranges: [] });
  }
}

/** Digits, and no more than a safe integer holds. */
function wholeNumber(text: string): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new AccessError('access.range-malformed');
  return value;
}
