import type { DumpFormat } from './received-dump.js';
import type { StrictRows } from './strict-store.js';

/** What of a dump may be read without a header: strict-api's view. Sizes in bytes. */
export interface DumpFacts {
  readonly id: string;
  readonly project: string;
  readonly format: DumpFormat;
  readonly receivedAt: Date;
  readonly plainBytes: number;
  readonly retainUntil: Date;
  readonly shreddedAt: Date | null;
}

/** Where a dump lies and how the keeper opens it. */
export interface SealedDump extends DumpFacts {
  readonly objectKey: string;
  readonly sealedBytes: number;
  /** Null once shredded. */
  readonly vaultHeader: Uint8Array | null;
  /** Id of the recipient row whose identity opens the header. */
  readonly vaultRecipient: string;
}

const FACTS = {
  id: true,
  project: true,
  format: true,
  received_at: true,
  plain_bytes: true,
  retain_until: true,
  shredded_at: true,
} as const;

interface FactsRow {
  readonly id: string;
  readonly project: string;
  readonly format: DumpFormat;
  readonly received_at: Date;
  readonly plain_bytes: bigint;
  readonly retain_until: Date;
  readonly shredded_at: Date | null;
}

/** By id, or by the 16 hex digits that a client of style hex16 was told. */
export async function findDumpFacts(rows: StrictRows, idOrAlias: string): Promise<DumpFacts | null> {
  const where = /^[0-9a-f]{16}$/.test(idOrAlias) ? { alias: idOrAlias } : { id: idOrAlias };
  const row = await rows.dump.findUnique({ where, select: FACTS });
  return row && factsOf(row);
}

export async function findSealedDump(rows: StrictRows, id: string): Promise<SealedDump | null> {
  const row = await rows.dump.findUnique({
    where: { id },
    select: { ...FACTS, object_key: true, sealed_bytes: true, vault_header: true, vault_recipient: true },
  });
  return (
    row && {
      ...factsOf(row),
      objectKey: row.object_key,
      sealedBytes: Number(row.sealed_bytes),
      vaultHeader: row.vault_header,
      vaultRecipient: row.vault_recipient,
    }
  );
}

/** The keeper's new extraction header, for a second walk or a rescan (DESIGN.md 5). False: there is no such dump left. */
export async function replaceExtractionHeader(
  rows: StrictRows,
  id: string,
  header: Uint8Array,
  recipientId: string,
): Promise<boolean> {
  const data = { extraction_header: new Uint8Array(header), extraction_recipient: recipientId };
  return (await rows.dump.updateMany({ where: { id, shredded_at: null }, data })).count === 1;
}

function factsOf(row: FactsRow): DumpFacts {
  return {
    id: row.id,
    project: row.project,
    format: row.format,
    receivedAt: row.received_at,
    plainBytes: Number(row.plain_bytes),
    retainUntil: row.retain_until,
    shreddedAt: row.shredded_at,
  };
}
