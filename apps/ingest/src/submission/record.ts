import type { Project, VerifiedToken } from '@crashkeep/identity';
import type { DumpAlias, DumpId, ProjectId } from '@crashkeep/ids';
import { type LeafOf, appendLeaf } from '@crashkeep/ledger';
import { type DumpStateChange, writeDumpState } from '@crashkeep/lenient-store';
import { type ReceivedDump, type Recipients, type StrictStore, insertReceivedDump } from '@crashkeep/strict-store';
import { productIdentity } from './product-identity.js';
import type { SealedSubmission } from './submission.js';

const DAY_MS = 24 * 3600 * 1000;

export interface RecordTerms {
  readonly project: Project;
  readonly holder: VerifiedToken;
  readonly recipients: Recipients;
  readonly alias: DumpAlias | null;
  /** Under what the client knows this upload, if it said so. */
  readonly uploadKey: string | null;
  readonly now: Date;
}

/** Everything that is written when a dump comes to exist; plain data, so that it can wait in the spool. */
export interface Receiving {
  readonly dump: ReceivedDump & {
    readonly id: DumpId;
    readonly project: ProjectId;
    readonly alias: DumpAlias | null;
  };
  readonly leaf: Extract<LeafOf<'ingest'>, { act: 'dump.received' }>;
  readonly attachments: number;
  readonly annotations: number;
}

/** A failure after COMMIT was sent may be a success that nobody heard of: then the objects must stay. */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError';
  readonly code = 'ingest.commit-unknown';
}

/** What is to be recorded of a submission whose objects are durable. */
export function receivingOf(sealed: SealedSubmission, terms: RecordTerms): Receiving {
  const { project, holder, recipients, alias, uploadKey, now } = terms;
  return {
    dump: {
      id: sealed.id,
      project: project.id,
      format: sealed.format,
      receivedAt: now,
      ...sealed.dump,
      vaultRecipient: recipients.vault.id,
      extractionRecipient: recipients.extraction.id,
      tokenId: holder.tokenId,
      alias,
      uploadKey,
      ...productIdentity(sealed.annotations, project.preset, sealed.sentryEvent),
      retainUntil: new Date(now.getTime() + project.rawDays * DAY_MS),
      parts: sealed.parts,
    },
    leaf: {
      act: 'dump.received',
      dump: sealed.id,
      project: project.id,
      token: holder.tokenId,
      bytes: sealed.dump.plainBytes,
      parts: sealed.parts.length,
      content: sealed.content,
    },
    attachments: sealed.parts.filter(({ kind }) => kind === 'attachment').length,
    annotations: sealed.annotations.size,
  };
}

/**
 * Makes the dump exist: its row and those of its parts, the ledger's leaf and the console's state, in one transaction. The
 * objects are durable already.
 */
export async function recordReceiving(store: StrictStore, receiving: Receiving): Promise<void> {
  const progress = { committing: false };
  try {
    await store.transaction(async (rows) => {
      await insertReceivedDump(rows, receiving.dump);
      await appendLeaf(rows, 'ingest', receiving.leaf);
      await writeDumpState(rows, dumpState(receiving));
      progress.committing = true;
    });
  } catch (error) {
    throw progress.committing ? new CommitUnknownError('ingest.commit-unknown', { cause: error }) : error;
  }
}

function dumpState({ dump, attachments, annotations }: Receiving): DumpStateChange {
  return {
    change: 'received',
    dump: dump.id,
    project: dump.project,
    alias: dump.alias,
    receivedAt: dump.receivedAt.getTime(),
    heldUntil: dump.retainUntil.getTime(),
    dumpBytes: dump.plainBytes,
    attachments,
    annotations,
  };
}
