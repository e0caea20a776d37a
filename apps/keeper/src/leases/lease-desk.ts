import { makeHeader, verifyRecipient } from '@crashkeep/envelope';
import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import type { LeaseAnswer, LeaseRefusal, LeaseRequest } from '@crashkeep/keeper-wire';
import { appendLeaf } from '@crashkeep/ledger';
import {
  type DumpToLease,
  type RecipientRow,
  type SpentAllowance,
  type StrictRows,
  type StrictStore,
  findRecipient,
  insertExtractionLease,
  lockAllowance,
  lockDumpToLease,
  parseStatementKey,
} from '@crashkeep/strict-store';
import type { KeyProvider } from '../keys/key-provider.js';

interface Rooms {
  readonly store: StrictStore;
  readonly keys: KeyProvider;
  /** New headers for the dumps of one project, an hour. */
  readonly secondWalksPerHour: number;
}

/** A dump that may be leased, to whom, and what that leaves of the allowance. */
interface Allowed {
  readonly dump: DumpToLease;
  readonly symbols: string;
  readonly recipient: RecipientRow;
  readonly spent: SpentAllowance;
}

type Refused = Extract<LeaseAnswer, { refused: LeaseRefusal }>;

const refused = (code: LeaseRefusal, again: Date | null = null): Refused => ({
  refused: code,
  again: again?.toISOString() ?? null,
});

/**
 * Where workers get a new extraction header for a dump that was done with: for the recipient of today, within the project's hourly
 * allowance, each a leaf (DESIGN.md 5). Header, allowance and leaf are one transaction, and the file key is seen nowhere else.
 */
export class LeaseDesk {
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  lease({ dump, purpose }: Pick<LeaseRequest, 'dump' | 'purpose'>): Promise<LeaseAnswer> {
    return this.#rooms.store.transaction(async (rows) => {
      const allowed = await this.#judge(rows, dump);
      if ('refused' in allowed) return allowed;
      const header = await this.#headerFor(allowed);
      if (header === null) return refused('lease.dump-gone');
      const { id, project } = allowed.dump;
      const lease = await insertExtractionLease(rows, {
        ...{ dump: id, project, purpose, header },
        recipient: allowed.recipient.id,
      });
      await appendLeaf(rows, 'keeper', {
        ...{ act: 'dump.extraction-opened', dump: DumpIdText.parse(id), project: ProjectIdText.parse(project) },
        ...{ lease, purpose, symbols: allowed.symbols },
        ...{ used: allowed.spent.used + 1, allowed: this.#rooms.secondWalksPerHour },
      });
      return { lease };
    });
  }

  async #judge(rows: StrictRows, dumpId: string): Promise<Allowed | Refused> {
    const dump = await lockDumpToLease(rows, dumpId);
    if (dump === null) return refused('lease.dump-gone');
    if (dump.wantedBy === null) return refused('lease.not-wanted');
    const recipient = await this.#recipientOfToday(rows);
    if (recipient === null) return refused('lease.no-recipient');
    const spent = await lockAllowance(rows, dump.project);
    if (spent.used >= this.#rooms.secondWalksPerHour) return refused('lease.allowance-spent', spent.nextAt);
    return { dump, symbols: dump.wantedBy, recipient, spent };
  }

  /** A row that the keeper did not sign is somebody else's: whoever can write the database is given nothing. */
  async #recipientOfToday(rows: StrictRows): Promise<RecipientRow | null> {
    const period = new Date().toISOString().slice(0, 10);
    const row = await findRecipient(rows, { kind: 'extraction', project: '', period });
    const key = parseStatementKey(this.#rooms.keys.statementKey);
    return row !== null && verifyRecipient(row, row.signature, key) ? row : null;
  }

  /** Null where the month's identity is destroyed, or the header is not of this dump. */
  async #headerFor({ dump, recipient }: Allowed): Promise<Buffer | null> {
    const { id, project, vaultMonth: month, vaultHeader } = dump;
    const binding = { dump: id, project };
    let fileKey: Buffer;
    try {
      fileKey = await this.#rooms.keys.openVaultHeader({ project, month }, vaultHeader, binding);
    } catch {
      return null;
    }
    try {
      return makeHeader(fileKey, binding, recipient.recipient);
    } finally {
      fileKey.fill(0);
    }
  }
}
