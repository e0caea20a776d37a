import {
  AccessError,
  type AccessErrorCode,
  type Actor,
  AddressText,
  type AskedRange,
  type FileRange,
  RefusalMeter,
  resolveScope,
} from '@crashkeep/access';
import type { GrantId } from '@crashkeep/ids';
import { KeeperError, type ReadAnswer } from '@crashkeep/keeper-wire';
import { appendLeaf } from '@crashkeep/ledger';
import { findDumpFacts, findGrant } from '@crashkeep/strict-store';
import { findRegionMap } from '../dumps/region-map.js';
import type { Room } from '../room.js';

export interface BytesAsked {
  readonly via: 'GET' | 'POST';
  /** DPoP, as it came. */
  readonly proof: string | null;
  readonly asked: readonly AskedRange[];
}

/**
 * Bytes as the keeper gives them: relayed, never kept. This side says who asks and passes on what the device signed; whether it
 * is allowed, and where it lies, the keeper says by what approvers signed. What is no read at all leaves its leaf here.
 */
export class ByteRelay {
  readonly #room: Room;
  readonly #meter = new RefusalMeter();

  constructor(room: Room) {
    this.#room = room;
  }

  async read(
    { person }: Actor,
    grant: GrantId,
    { via, proof, asked }: BytesAsked,
  ): Promise<ReadAnswer & { readonly plaintext: Buffer }> {
    if (!this.#meter.isCalm(person)) throw new KeeperError('keeper.too-many-refusals');
    const located = await this.#located(grant, asked);
    return this.#room.keeper.read({ grant, person, via, proof, asked: [...asked], located });
  }

  /** One range of an address line, or the refusal with its leaf. */
  async parse({ person }: Actor, grant: GrantId, query: { address: string; length: string }): Promise<AskedRange> {
    if (!this.#meter.isCalm(person)) throw new KeeperError('keeper.too-many-refusals');
    const length = /^\d{1,16}$/.test(query.length) ? Number(query.length) : Number.NaN;
    if (Number.isSafeInteger(length) && AddressText.safeParse(query.address).success) {
      return { address: query.address, length };
    }
    this.#meter.refused(person);
    const code: AccessErrorCode = 'access.range-malformed';
    await appendLeaf(this.#room.strict.rows, 'strict-api', { act: 'read.denied', grant, person, code, asked: [] });
    throw new AccessError(code);
  }

  /** For the whole file, which names no address: where the worker's map says that a range lies. Any place in it is granted. */
  async #located(id: GrantId, asked: readonly AskedRange[]): Promise<FileRange[] | null> {
    const [range, ...more] = asked;
    if (range === undefined || more.length > 0 || !('address' in range)) return null;
    const { rows } = this.#room.strict;
    const grant = await findGrant(rows, id);
    if (grant?.scope.kind !== 'whole') return null;
    const dump = await findDumpFacts(rows, grant.dump);
    const map = dump === null ? null : await findRegionMap(rows, dump);
    if (map === null) return null;
    try {
      return resolveScope({ kind: 'memory', ranges: [range] }, map).map(({ offset, length }) => ({ offset, length }));
    } catch {
      return null; // The keeper refuses what it cannot place, and writes the leaf.
    }
  }
}
