import { type AccessErrorCode, RefusalMeter } from '@crashkeep/access';
import { KeeperError, type ReadRequest } from '@crashkeep/keeper-wire';
import { type SqlTransaction, appendLeaf } from '@crashkeep/ledger';

/** Refused reads are leaves, up to a measure. */
export class Denials {
  readonly #meter = new RefusalMeter();

  /** Throws `keeper.too-many-refusals`. */
  requireCalm(person: string): void {
    if (!this.#meter.isCalm(person)) throw new KeeperError('keeper.too-many-refusals');
  }

  async append(rows: SqlTransaction, { grant, person, asked }: ReadRequest, code: AccessErrorCode): Promise<void> {
    this.#meter.refused(person);
    await appendLeaf(rows, 'keeper', { act: 'read.denied', grant, person, code, asked: [...asked] });
  }
}
