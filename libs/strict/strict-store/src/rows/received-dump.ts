import type { StrictRows } from './strict-store.js';

export type DumpFormat = 'minidump' | 'elf_core';
/** `annotations`: one JSON part. `attachment`: one file, its name and type inside the sealed part. */
export type PartKind = 'annotations' | 'attachment';

export interface SealedObject {
  readonly objectKey: string;
  readonly plainBytes: number;
  readonly sealedBytes: number;
  readonly headers: { readonly vault: Uint8Array; readonly extraction: Uint8Array };
}

export interface ReceivedPart extends SealedObject {
  readonly id: string;
  readonly kind: PartKind;
}

/** A dump whose objects are durable already: writing this is what makes it exist. */
export interface ReceivedDump extends SealedObject {
  readonly id: string;
  readonly project: string;
  readonly format: DumpFormat;
  readonly receivedAt: Date;
  /** Ids of the recipient rows that the headers are sealed to. */
  readonly vaultRecipient: string;
  readonly extractionRecipient: string;
  readonly tokenId: string;
  readonly alias: string | null;
  /** The client's own name of the upload; a project takes each once. */
  readonly uploadKey: string | null;
  readonly product: string | null;
  readonly version: string | null;
  readonly channel: string | null;
  readonly retainUntil: Date;
  readonly parts: readonly ReceivedPart[];
}

/** createMany, since a create reads back columns that ingest's role may not select. */
export async function insertReceivedDump(rows: StrictRows, dump: ReceivedDump): Promise<void> {
  await rows.dump.createMany({
    data: {
      id: dump.id,
      project: dump.project,
      format: dump.format,
      received_at: dump.receivedAt,
      ...sealedColumns(dump),
      vault_recipient: dump.vaultRecipient,
      extraction_recipient: dump.extractionRecipient,
      token_id: dump.tokenId,
      alias: dump.alias,
      upload_key: dump.uploadKey,
      product: dump.product,
      version: dump.version,
      channel: dump.channel,
      retain_until: dump.retainUntil,
    },
  });
  await rows.dump_part.createMany({
    data: dump.parts.map((part) => ({ id: part.id, dump_id: dump.id, kind: part.kind, ...sealedColumns(part) })),
  });
}

/** The dump that a client's upload became, by the name that the client gave the upload. */
export async function findUpload(
  rows: StrictRows,
  project: string,
  uploadKey: string,
): Promise<{ readonly id: string; readonly alias: string | null } | null> {
  return rows.dump.findFirst({ where: { project, upload_key: uploadKey }, select: { id: true, alias: true } });
}

/** Who uploaded a dump, found by its id or by the 16 hex digits that a client of style hex16 was told. */
export async function findUploader(
  rows: StrictRows,
  idOrAlias: string,
): Promise<{ readonly id: string; readonly tokenId: string | null } | null> {
  const where = /^[0-9a-f]{16}$/.test(idOrAlias) ? { alias: idOrAlias } : { id: idOrAlias };
  const row = await rows.dump.findUnique({ where, select: { id: true, token_id: true } });
  return row && { id: row.id, tokenId: row.token_id };
}

function sealedColumns({ objectKey, plainBytes, sealedBytes, headers }: SealedObject) {
  return {
    object_key: objectKey,
    plain_bytes: BigInt(plainBytes),
    sealed_bytes: BigInt(sealedBytes),
    vault_header: new Uint8Array(headers.vault),
    extraction_header: new Uint8Array(headers.extraction),
  };
}

/** Which of these object keys no row names: garbage, if their objects are old enough that no upload can be at work on them. */
export async function orphanKeys(rows: StrictRows, objectKeys: readonly string[]): Promise<string[]> {
  const where = { object_key: { in: [...objectKeys] } };
  const dumps = await rows.dump.findMany({ where, select: { object_key: true } });
  const parts = await rows.dump_part.findMany({ where, select: { object_key: true } });
  const known = new Set([...dumps, ...parts].map(({ object_key }) => object_key));
  return objectKeys.filter((key) => !known.has(key));
}
