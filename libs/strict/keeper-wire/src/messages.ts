import {
  AskedRange,
  FileRangeWire,
  PROOF_MAX,
  READ_ASKS_MAX,
  READ_BYTES_MAX,
  READ_RANGES_MAX,
} from '@crashkeep/access';
import { GrantIdText, PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { KeeperError, RefusalCode } from './keeper-error.js';

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** What a passkey is known by: the credential's id and its COSE key, both base64url, and whose it is. */
export const RootPasskey = z.strictObject({
  credential: base64url.max(1400),
  publicKey: base64url.max(1400),
  person: PersonIdText,
});
export type RootPasskey = z.infer<typeof RootPasskey>;

/** Everything that may be asked. The keeper parses no dump: it knows addresses from what approvers signed. */
export const KeeperRequest = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('ping') }),
  z.strictObject({ ask: z.literal('pin-root'), root: RootPasskey }),
  z.strictObject({
    ask: z.literal('read'),
    grant: GrantIdText,
    /** Whose session it is; strict-api vouches for it, and the device proves it besides. */
    person: PersonIdText,
    /** By which method of the bytes' address. */
    via: z.enum(['GET', 'POST']),
    /** DPoP; null where none came. */
    proof: z.string().max(PROOF_MAX).nullable(),
    /** As the device signed it. Its lengths are judged by the keeper: a refusal is a leaf. */
    asked: z.array(AskedRange).min(1).max(READ_ASKS_MAX),
    /** Where that lies in the file, for a scope that names no addresses; else null, and the keeper finds it by what was signed. */
    located: z.array(FileRangeWire).min(1).max(READ_RANGES_MAX).nullable(),
  }),
  z.strictObject({ ask: z.literal('nonce') }),
  z.strictObject({ ask: z.literal('recipients') }),
]);
export type KeeperRequest = z.infer<typeof KeeperRequest>;
export type ReadRequest = Extract<KeeperRequest, { ask: 'read' }>;

export const PingAnswer = z.strictObject({
  /** The pinned root passkey; null until it is enrolled. */
  root: RootPasskey.nullable(),
  /** The public half of the key that signs recipients, SPKI: what root signs of the keeper. */
  statementKey: base64url.max(256),
});
export type PingAnswer = z.infer<typeof PingAnswer>;

export const PinAnswer = z.strictObject({ pinned: z.literal(true) });

/** Comes before the bytes themselves, which follow in frames of their own. */
export const ReadAnswer = z.strictObject({
  bytes: z.int().min(1).max(READ_BYTES_MAX),
  budgetLeft: z.int().min(0),
  expiresAt: z.iso.datetime(),
  /** Places in these bytes that hold zeros instead of what the dump holds, sorted and apart. */
  masks: z
    .array(z.strictObject({ at: z.int().min(0), length: z.int().min(1), cause: z.enum(['secret', 'unsearched']) }))
    .max(256),
  /** Id of the ledger's leaf that was committed before these bytes left. */
  leaf: z.uuid(),
  /** For the next proof. */
  nonce: z.string().max(128),
});

/** What a device puts into its next proof. */
export const NonceAnswer = z.strictObject({ nonce: z.string().max(128) });
export type ReadAnswer = z.infer<typeof ReadAnswer>;

/** Signed recipients that ingest may seal to. */
export const RecipientsAnswer = z.strictObject({
  vault: z.array(z.strictObject({ project: ProjectIdText, months: z.array(z.string().max(7)).max(256) })).max(4096),
  extraction: z.array(z.string().max(10)).max(64),
});
export type RecipientsAnswer = z.infer<typeof RecipientsAnswer>;

export const Refusal = z.strictObject({ refused: RefusalCode });

/** A message of this form, or `keeper.malformed`. */
export function parseMessage<T extends z.ZodType>(frame: Buffer, schema: T): z.infer<T> {
  let message: unknown;
  try {
    message = JSON.parse(frame.toString('utf8'));
  } catch {
    throw new KeeperError('keeper.malformed');
  }
  const parsed = schema.safeParse(message);
  if (!parsed.success) throw new KeeperError('keeper.malformed');
  return parsed.data;
}
