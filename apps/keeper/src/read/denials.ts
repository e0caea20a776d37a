import type { AccessErrorCode, FileRange } from '@crashkeep/access';
import { KeeperError, type ReadRequest } from '@crashkeep/keeper-wire';
import { appendLeaf } from '@crashkeep/ledger';
import type { SqlTransaction } from '@crashkeep/ledger';

const PER_MINUTE = 60;
const MINUTE_MS = 60_000;
const PERSONS_MAX = 10_000;

/**
 * Refused reads are leaves. A person who is refused more than sixty times in a minute is not looked at again until the minute
 * is over: a flood of refusals must neither fill the ledger nor slow others down.
 */
export class Denials {
  readonly #counts = new Map<string, { since: number; count: number }>();

  /** Throws `keeper.too-many-refusals`. */
  requireCalm(person: string, now = Date.now()): void {
    const known = this.#counts.get(person);
    if (known !== undefined && now - known.since < MINUTE_MS && known.count >= PER_MINUTE) {
      throw new KeeperError('keeper.too-many-refusals');
    }
  }

  async append(rows: SqlTransaction, { grant, person, ranges }: ReadRequest, code: AccessErrorCode): Promise<void> {
    this.#count(person);
    await appendLeaf(rows, 'keeper', { act: 'read.denied', grant, person, code, ranges: ranges.map(plain) });
  }

  #count(person: string, now = Date.now()): void {
    const known = this.#counts.get(person);
    if (known !== undefined && now - known.since < MINUTE_MS) {
      known.count += 1;
      return;
    }
    if (this.#counts.size >= PERSONS_MAX) this.#counts.clear();
    this.#counts.set(person, { since: now, count: 1 });
  }
}

const plain = ({ offset, length }: FileRange): FileRange => ({ offset, length });
