import { type LeafOf, type LeafRow, type SqlTransaction, type UpperNode, appendLeaf } from '@crashkeep/ledger';
import pg from 'pg';
import { SequencerHalt } from '../sequencer-halt.js';

/** Spells `CKsq`. */
const LOCK = 0x434b_7371;
const TIMEOUT_MS = 30_000;

export interface StoredLeaf extends LeafRow {
  readonly hash: Buffer;
}

interface LeafColumns {
  readonly id: string;
  readonly process: string;
  readonly body: string;
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly created_at: Date;
}

const COLUMNS = 'id, process, body, salt, hash, created_at';
const leafOf = ({ created_at: at, ...row }: LeafColumns): StoredLeaf => ({ ...row, at });

/** What is numbered in one transaction. */
export interface Numbering {
  readonly from: number;
  readonly ids: readonly string[];
  readonly nodes: readonly UpperNode[];
}

/** What receipts are made of. */
export interface Noted {
  readonly note: string;
  /** The successions of keys, one after the other. */
  readonly keys: string;
  readonly firstKey: string;
}

/** Schema ledger over one connection, which holds the lock for as long as it lives. */
export class LedgerRows {
  readonly #client: pg.Client;
  readonly #epoch: string;

  private constructor(client: pg.Client, epoch: string) {
    this.#client = client;
    this.#epoch = epoch;
  }

  /** Takes over: nobody who was at work before can number from here on. `sequencer.not-alone` while another lives. */
  static async takeOver(databaseUrl: string): Promise<{ readonly rows: LedgerRows; readonly size: number }> {
    const client = new pg.Client({ connectionString: databaseUrl, statement_timeout: TIMEOUT_MS });
    client.on('error', () => undefined); // the next statement says so
    await client.connect();
    try {
      const lock = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [LOCK]);
      if (lock.rows[0]?.held !== true) throw new SequencerHalt('sequencer.not-alone');
      const { rows } = await client.query<{ epoch: string; size: string }>(
        'UPDATE ledger.sequencer SET epoch = epoch + 1 RETURNING epoch, size',
      );
      const [row] = rows;
      if (!row) throw new SequencerHalt('sequencer.database-behind');
      return { rows: new LedgerRows(client, row.epoch), size: Number(row.size) };
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  async waiting(limit: number): Promise<StoredLeaf[]> {
    const { rows } = await this.#client.query<LeafColumns>(
      `SELECT ${COLUMNS} FROM ledger.leaf WHERE seq IS NULL ORDER BY created_at, id LIMIT $1`,
      [limit],
    );
    return rows.map(leafOf);
  }

  /** In order; fewer than asked for only where there are no more, and never with a gap. */
  async numbered(from: number, count: number): Promise<StoredLeaf[]> {
    const { rows } = await this.#client.query<LeafColumns & { seq: string }>(
      `SELECT seq, ${COLUMNS} FROM ledger.leaf WHERE seq >= $1 AND seq < $2 ORDER BY seq`,
      [from, from + count],
    );
    if (rows.some(({ seq }, at) => Number(seq) !== from + at)) throw new SequencerHalt('sequencer.leaf-changed');
    return rows.map(leafOf);
  }

  /** All or nothing, and only by who took over last and knows the size: `sequencer.fenced` for anybody else. */
  async number({ from, ids, nodes }: Numbering): Promise<void> {
    await this.#transaction(async () => {
      const fence = await this.#client.query('UPDATE ledger.sequencer SET size = $3 WHERE epoch = $1 AND size = $2', [
        this.#epoch,
        from,
        from + ids.length,
      ]);
      if (fence.rowCount !== 1) throw new SequencerHalt('sequencer.fenced');
      const given = await this.#client.query(
        `UPDATE ledger.leaf l SET seq = $2::bigint + v.place - 1
           FROM unnest($1::uuid[]) WITH ORDINALITY AS v(id, place) WHERE l.id = v.id AND l.seq IS NULL`,
        [ids, from],
      );
      if (given.rowCount !== ids.length) throw new SequencerHalt('sequencer.fenced');
      await this.#client.query(
        `INSERT INTO ledger.node (level, index, hash)
           SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
        [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)],
      );
    });
  }

  /** Says in the database what was signed, for receipts; `sequencer.fenced` where another has taken over. */
  async note({ note, keys, firstKey }: Noted): Promise<void> {
    const told = await this.#client.query(
      'UPDATE ledger.sequencer SET note = $2, keys = $3, first_key = $4, noted_at = clock_timestamp() WHERE epoch = $1',
      [this.#epoch, note, keys, firstKey],
    );
    if (told.rowCount !== 1) throw new SequencerHalt('sequencer.fenced');
  }

  /** The hashes of a tile, as many as there are. */
  async tile(level: number, index: number): Promise<Buffer> {
    const { rows } = await this.#client.query<{ tile: Buffer | null }>('SELECT ledger.tile($1, $2) AS tile', [
      level,
      index,
    ]);
    return rows[0]?.tile ?? Buffer.alloc(0);
  }

  async longestHoldDays(): Promise<number> {
    const { rows } = await this.#client.query<{ days: number }>('SELECT ledger.longest_hold() AS days');
    return rows[0]?.days ?? 0;
  }

  append(leaf: LeafOf<'sequencer'>): Promise<string> {
    return appendLeaf(transactionOn(this.#client), 'sequencer', leaf);
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  async #transaction(act: () => Promise<void>): Promise<void> {
    await this.#client.query('BEGIN');
    try {
      await act();
      await this.#client.query('COMMIT');
    } catch (error) {
      await this.#client.query('ROLLBACK').catch(() => undefined); // a lost connection rolls back by itself
      throw error;
    }
  }
}

function transactionOn(client: pg.Client): SqlTransaction {
  const textOf = (parts: TemplateStringsArray): string =>
    parts.reduce((text, part, at) => (at === 0 ? part : `${text}$${String(at)}${part}`), '');
  return {
    $queryRaw: async <T>(parts: TemplateStringsArray, ...values: unknown[]) =>
      (await client.query(textOf(parts), values)).rows as T,
    $executeRaw: async (parts, ...values) => (await client.query(textOf(parts), values)).rowCount ?? 0,
  };
}
