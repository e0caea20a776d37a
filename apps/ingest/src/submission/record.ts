import type { Project, VerifiedToken } from '@crashkeep/identity';
import type { DumpAlias } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { type DumpStateChange, writeDumpState } from '@crashkeep/lenient-store';

import { type Recipients, type StrictStore, insertReceivedDump } from '@crashkeep/strict-store';
import { productIdentity } from './product-identity.js';
import type { SealedSubmission } from './submission.js';

const DAY_MS = 24 * 3600 * 1000;

export interface RecordTerms {
  readonly store: StrictStore;
  readonly project: Project;
  readonly holder: VerifiedToken;
  readonly recipients: Recipients;
  readonly alias: DumpAlias | null;
  readonly uploadKey: string | null;
  readonly now: Date;
}

/** A failure after COMMIT was sent may be a success that nobody heard of: then the objects must stay. */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError';
  readonly code = 'ingest.commit-unknown';
}

/**
 * Makes the dump exist: its row and those of its parts, the ledger's leaf and the console's state, in one transaction. The
 * objects are durable already.
 */
export async function recordSubmission(sealed: SealedSubmission, terms: RecordTerms): Promise<void> {
  const progress = { committing: false };
  try {
    await terms.store.transaction(async (rows) => {
      await insertReceivedDump(rows, receivedDump(sealed, terms));
      await appendLeaf(rows, 'ingest', {
        act: 'dump.received',
        dump: sealed.id,
        project: terms.project.id,
        token: terms.holder.tokenId,
        bytes: sealed.dump.plainBytes,
        parts: sealed.parts.length,
      });
      await writeDumpState(rows, dumpState(sealed, terms));
      progress.committing = true;
    });
  } catch (error) {
    throw progress.committing ? new CommitUnknownError('ingest.commit-unknown', { cause: error }) : error;
  }
}

function receivedDump(sealed: SealedSubmission, { project, holder, recipients, alias, uploadKey, now }: RecordTerms) {
  return {
    id: sealed.id,
    project: project.id,
    format: sealed.format,
    receivedAt: now,
    ...sealed.dump,
    vaultRecipient: recipients.vault.id,
    extractionRecipient: recipients.extraction.id,
    tokenId: holder.tokenId,
    ...{ alias, uploadKey },
    ...productIdentity(sealed.annotations, project.preset, sealed.sentryEvent),
    retainUntil: retainUntil(project, now),
    parts: sealed.parts,
  };
}

function dumpState(sealed: SealedSubmission, { project, alias, now }: RecordTerms): DumpStateChange {
  return {
    change: 'received',
    dump: sealed.id,
    project: project.id,
    alias,
    receivedAt: now.getTime(),
    heldUntil: retainUntil(project, now).getTime(),
    dumpBytes: sealed.dump.plainBytes,
    attachments: sealed.parts.filter(({ kind }) => kind === 'attachment').length,
    annotations: sealed.annotations.size,
  };
}

function retainUntil(project: Project, now: Date): Date {
  return new Date(now.getTime() + project.rawDays * DAY_MS);
}
