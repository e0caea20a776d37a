import { DumpAliasText, DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { parseLeaf } from '@crashkeep/ledger';
import { z } from 'zod';
import type { Receiving } from '../submission/record.js';

/** A dump that waits: what is to be recorded, and which of its objects lie in the spool. */
export interface Spooled {
  readonly receiving: Receiving;
  readonly objectKeys: readonly string[];
}

const Header = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const sealed = {
  objectKey: z.string().min(1),
  plainBytes: z.int().min(0),
  sealedBytes: z.int().min(0),
  headers: z.strictObject({ vault: Header, extraction: Header }),
};
const Label = z.string().nullable();

const Record = z.strictObject({
  objectKeys: z.array(z.string()),
  attachments: z.int().min(0),
  annotations: z.int().min(0),
  leaf: z.unknown(),
  dump: z.strictObject({
    ...sealed,
    id: DumpIdText,
    project: ProjectIdText,
    format: z.enum(['minidump', 'elf_core']),
    receivedAt: z.coerce.date(),
    vaultRecipient: z.uuid(),
    extractionRecipient: z.uuid(),
    tokenId: z.uuid(),
    alias: DumpAliasText.nullable(),
    uploadKey: z.string().nullable(),
    product: Label,
    version: Label,
    channel: Label,
    retainUntil: z.coerce.date(),
    parts: z.array(z.strictObject({ ...sealed, id: z.uuid(), kind: z.enum(['annotations', 'attachment']) })),
  }),
});

/** Headers as base64; everything else is JSON by itself. */
export function recordText({ receiving, objectKeys }: Spooled): string {
  return JSON.stringify({ ...receiving, objectKeys }, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : bufferText(value),
  );
}

/** A Buffer has its own idea of JSON, which comes before any other. */
function bufferText(value: unknown): unknown {
  const isBuffer = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
  return isBuffer && 'data' in value ? Buffer.from(value.data as number[]).toString('base64') : value;
}

/** Null where it cannot be read. */
export function parseRecord(text: string): Spooled | null {
  try {
    const { objectKeys, leaf, ...rest } = Record.parse(JSON.parse(text));
    return { objectKeys, receiving: { ...rest, leaf: parseLeaf('ingest', leaf) as Receiving['leaf'] } };
  } catch {
    return null;
  }
}
