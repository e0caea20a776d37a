import { randomUUID } from 'node:crypto';
import type { StrictRows } from './strict-store.js';

/** What a lease of a dump is for. */
export type LeasePurpose = 'second-walk';

/** A dump as the keeper needs it to make a header: locked against being shredded until the transaction ends. */
export interface DumpToLease {
  readonly id: string;
  readonly project: string;
  readonly vaultHeader: Uint8Array;
  /** Month of the vault identity that opens it. */
  readonly vaultMonth: string;
  /** Symbols that want it walked again; null where nobody does. */
  readonly wantedBy: string | null;
}

interface DumpColumns {
  readonly id: string;
  readonly project: string;
  readonly vault_header: Uint8Array;
  readonly vault_month: string;
  readonly wanted_by: string | null;
}

/** Null where there is no such dump, or it is shredded. */
export async function lockDumpToLease(rows: StrictRows, id: string): Promise<DumpToLease | null> {
  const [row] = await rows.$queryRaw<DumpColumns[]>`
    SELECT d.id, d.project, d.vault_header, r.period AS vault_month,
      (SELECT s.symbols FROM strict.second_walk s WHERE s.dump_id = d.id) AS wanted_by
    FROM strict.dump d JOIN strict.recipient r ON r.id = d.vault_recipient
    WHERE d.id = ${id}::uuid AND d.shredded_at IS NULL AND d.vault_header IS NOT NULL FOR UPDATE OF d`;
  if (row === undefined) return null;
  const { vault_header: vaultHeader, vault_month: vaultMonth, wanted_by: wantedBy, ...dump } = row;
  return { ...dump, vaultHeader, vaultMonth, wantedBy };
}

export interface SpentAllowance {
  /** Leases of the project in the hour that has just passed. */
  readonly used: number;
  /** When the oldest of them is an hour old. */
  readonly nextAt: Date | null;
}

/** Holds other leases of the project up until the transaction ends: two cannot both take the last one. */
export async function lockAllowance(rows: StrictRows, project: string): Promise<SpentAllowance> {
  await rows.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`strict.leases/${project}`}, 0))`;
  const [row] = await rows.$queryRaw<{ used: number; next_at: Date | null }[]>`
    SELECT count(*)::int AS used, min(granted_at) + interval '1 hour' AS next_at FROM strict.extraction_lease
    WHERE project = ${project} AND granted_at > clock_timestamp() - interval '1 hour'`;
  return { used: row?.used ?? 0, nextAt: row?.next_at ?? null };
}

export interface NewLease {
  readonly dump: string;
  readonly project: string;
  readonly purpose: LeasePurpose;
  readonly header: Uint8Array;
  /** Id of the recipient row that the header is for. */
  readonly recipient: string;
}

/** Gives the lease's id. A lease that the dump had before is closed: one header is enough. */
export async function insertExtractionLease(rows: StrictRows, lease: NewLease): Promise<string> {
  await closeExtractionLeases(rows, lease.dump);
  const id = randomUUID();
  await rows.extraction_lease.createMany({
    data: {
      ...{ id, dump_id: lease.dump, project: lease.project, purpose: lease.purpose },
      ...{ extraction_header: new Uint8Array(lease.header), extraction_recipient: lease.recipient },
    },
  });
  return id;
}

/** The dump's headers of this kind go. Resolves to whether there was one. */
export async function closeExtractionLeases(rows: StrictRows, dumpId: string): Promise<boolean> {
  const open = { dump_id: dumpId, closed_at: null };
  const data = { extraction_header: null, closed_at: new Date() };
  return (await rows.extraction_lease.updateMany({ where: open, data })).count > 0;
}

export interface OpenLease {
  readonly extractionHeader: Uint8Array;
  readonly extractionRecipient: string;
}

/** The header that the keeper made, if it is still there. */
export async function findOpenLease(rows: StrictRows, dumpId: string): Promise<OpenLease | null> {
  const row = await rows.extraction_lease.findFirst({
    where: { dump_id: dumpId, closed_at: null, extraction_header: { not: null } },
    orderBy: { granted_at: 'desc' },
    select: { extraction_header: true, extraction_recipient: true },
  });
  if (row?.extraction_header == null) return null;
  return { extractionHeader: row.extraction_header, extractionRecipient: row.extraction_recipient };
}
