import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { CodeText, CountOfBytes, Sha256Hex } from './words.js';

const ofDump = { dump: DumpIdText, project: ProjectIdText };

export const DumpReceived = z.strictObject({
  act: z.literal('dump.received'),
  ...ofDump,
  token: z.uuid().nullable(),
  bytes: CountOfBytes,
  parts: z.int().min(0),
  /** SHA-256 over the salt and then the dump as it was sent, unpacked: what the sender's receipt is checked with. */
  content: z.strictObject({ salt: z.string().regex(/^[0-9a-f]{32}$/), sha256: Sha256Hex }),
});

export const DumpLeased = z.strictObject({ act: z.literal('dump.leased'), ...ofDump, attempt: z.int().min(1) });

/** `bytes`: plaintext that the walk opened. */
export const DumpWalked = z.strictObject({
  act: z.literal('dump.walked'),
  ...ofDump,
  walker: z.int().min(0),
  bytes: CountOfBytes,
});

export const DumpWalkFailed = z.strictObject({ act: z.literal('dump.walk-failed'), ...ofDump, code: CodeText });

/** The extraction header was deleted: no worker opens this dump any more. */
export const DumpExtractionClosed = z.strictObject({ act: z.literal('dump.extraction-closed'), ...ofDump });

/**
 * The keeper gave workers a new extraction header for a dump that was done with. `symbols`: the file that is the reason. `used` of
 * `allowed` in this hour, this one included.
 */
export const DumpExtractionOpened = z.strictObject({
  act: z.literal('dump.extraction-opened'),
  ...ofDump,
  lease: z.uuid(),
  purpose: z.enum(['second-walk']),
  symbols: z.uuid(),
  used: z.int().min(1),
  allowed: z.int().min(1),
});

/**
 * One screening has ended. `findings` are secrets, by severity; what they are and where is not for the ledger. `mask`: the set
 * that was signed with it, and how many open grants were told; null where the screening failed.
 */
export const DumpScreened = z.strictObject({
  act: z.literal('dump.screened'),
  ...ofDump,
  screening: z.uuid(),
  detectors: z.int().min(0),
  state: z.enum(['complete', 'partial', 'failed']),
  findings: z.strictObject({
    ...{ critical: z.int().min(0), high: z.int().min(0), medium: z.int().min(0) },
    ...{ low: z.int().min(0), info: z.int().min(0) },
  }),
  mask: z.uuid().nullable(),
  grants: z.int().min(0),
});

/** A set of detectors runs in this vault for the first time: what older ones screened is due again. */
export const DetectorsDeployed = z.strictObject({ act: z.literal('detectors.deployed'), detectors: z.int().min(0) });

export const DumpShredded = z.strictObject({
  act: z.literal('dump.shredded'),
  ...ofDump,
  cause: z.enum(['expired', 'ordered']),
});

export const SymbolsReceived = z.strictObject({
  act: z.literal('symbols.received'),
  symbols: z.uuid(),
  project: ProjectIdText,
  /** Leaves from before kinds were told apart have none. */
  kind: z.string().max(16).optional(),
  debugFile: z.string().min(1).max(255),
  debugId: z.string().min(1).max(64),
  sha256: Sha256Hex,
  bytes: CountOfBytes,
  token: z.uuid().nullable(),
});

/** A public key that ingest may seal to. */
export const RecipientMade = z.strictObject({
  act: z.literal('recipient.made'),
  recipient: z.uuid(),
  kind: z.enum(['vault', 'extraction']),
  project: z.string().max(40),
  period: z.string().max(10),
});

export const RecipientDestroyed = z.strictObject({ ...RecipientMade.shape, act: z.literal('recipient.destroyed') });
