import type { SqlTransaction } from '../sql-transaction.js';
import { LedgerError } from '../ledger-error.js';
import { type Checkpoint, parseCheckpoint } from '../note/checkpoint.js';
import { parseNote } from '../note/signed-note.js';
import { splitNotes } from '../verify/trust.js';
import type { TileSource } from '../tree/tree-reader.js';

/** The last checkpoint that the sequencer signed, as the database has it. */
export interface LatestCheckpoint extends Checkpoint {
  readonly note: string;
  readonly successions: readonly string[];
  /** The key that the ledger began with, as verifiers are told it. */
  readonly key: string;
}

interface CheckpointRow {
  readonly note: string | null;
  readonly keys: string;
  readonly first_key: string | null;
}

/** Null until the first one is signed. For roles that may run ledger.checkpoint(). */
export async function latestCheckpoint(rows: SqlTransaction): Promise<LatestCheckpoint | null> {
  const [row] = await rows.$queryRaw<CheckpointRow[]>`SELECT note, keys, first_key FROM ledger.checkpoint()`;
  if (row?.note == null || row.first_key === null) return null;
  const { note, keys, first_key: key } = row;
  return { ...parseCheckpoint(parseNote(note).text), note, successions: splitNotes(keys), key };
}

/** Tiles out of the database: what they prove is checked against a signature, so nothing is believed of them. */
export function databaseTiles(rows: SqlTransaction): TileSource {
  return {
    tile: async ({ level, index }) => {
      const [row] = await rows.$queryRaw<
        { tile: Uint8Array | null }[]
      >`SELECT ledger.tile(${level}::int, ${index}::bigint) AS tile`;
      if (row?.tile == null) throw new LedgerError('ledger.tile-missing');
      return row.tile;
    },
  };
}
