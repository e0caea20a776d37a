import type { IncomingMessage } from 'node:http';
import type { Project, TokenClass, VerifiedToken } from '@crashkeep/identity';
import { DumpAliasText, DumpIdText, newDumpId } from '@crashkeep/ids';
import type { AppLogger } from '@crashkeep/platform';
import { type ObjectStore, type RecipientBook, type StrictStore, findUpload } from '@crashkeep/strict-store';
import { ByteBudget } from './body/byte-budget.js';
import { contentOf, decodedBody } from './body/content.js';
import type { RequestBody } from './body/request-body.js';
import { credentialOf, queryOf } from './door/credentials.js';
import type { ProjectBook } from './door/project-book.js';
import type { TokenGate } from './door/token-gate.js';
import { IngestError } from './ingest-error.js';
import type { IngestLimits } from './limits.js';
import type { JobQueue } from './queue/job-queue.js';
import { answerText, newAlias } from './submission/answer-style.js';
import { SpoolingStore } from './spool/spooling-store.js';
import type { Spool } from './spool/spool.js';
import { CommitUnknownError, type Receiving, receivingOf, recordReceiving } from './submission/record.js';
import { Submission } from './submission/submission.js';
import { uploadKeyOf } from './submission/upload-key.js';

/** What the process holds: stores, public keys, limits. No identity: nothing here opens what it seals. */
export interface Intake {
  readonly dumps: ObjectStore;
  readonly symbols: ObjectStore;
  readonly store: StrictStore;
  readonly tokens: TokenGate;
  readonly projects: ProjectBook;
  readonly recipients: RecipientBook;
  readonly queue: JobQueue;
  /** Where uploads wait while database or store are away; null where they are refused then. */
  readonly spool: Spool | null;
  /** Whether what is under way is copied to the spool until the store has it: for stores over a network. */
  readonly copiesUploads: boolean;
  readonly limits: IngestLimits;
  readonly log: AppLogger;
  /** Where clients reach this origin: `http://localhost:8082`. */
  readonly publicUrl: string;
}

/** Whoever may upload a thing of this class; `ingest.unauthorized` for everybody else. */
export async function admit(
  { tokens }: Intake,
  request: IncomingMessage,
  wanted: TokenClass,
  pathToken: string | null = null,
): Promise<VerifiedToken> {
  const token = credentialOf(request, pathToken);
  const holder = token === null ? null : await tokens.holderOf(token, wanted);
  if (!holder) throw new IngestError('ingest.unauthorized');
  return holder;
}

/**
 * Takes one dump: seal while it arrives, record in one transaction, tell the worker. Resolves with the text of a good answer
 * once object and row are durable; rejects with everything removed that was stored. An upload that the vault has already is answered
 * at once, and nothing of it is read.
 */
export async function takeDump(
  intake: Intake,
  request: IncomingMessage,
  body: RequestBody,
  { holder, deferred = false }: { readonly holder: VerifiedToken; readonly deferred?: boolean },
): Promise<string> {
  const project = await intake.projects.project(holder.project);
  if (!project) throw new IngestError('ingest.unauthorized');
  const uploadKey = uploadKeyOf(request);
  const known = await answerOfKnown(intake, project, uploadKey);
  if (known !== null) return known;
  return storeDump(intake, { request, body }, { project, holder, uploadKey, deferred });
}

/** A good answer to an upload that is not kept: a throttle rule's `fake-accept`. */
export async function answerOfNothing({ projects }: Intake, holder: VerifiedToken): Promise<string> {
  const project = await projects.project(holder.project);
  if (!project) throw new IngestError('ingest.unauthorized');
  return answerText(project.answerStyle, newDumpId(), newAlias(project.answerStyle));
}

interface Arrival {
  readonly project: Project;
  readonly holder: VerifiedToken;
  readonly uploadKey: string | null;
  /** The worker is not told: it is walked when the sweeper finds it. */
  readonly deferred: boolean;
}

async function storeDump(
  intake: Intake,
  { request, body }: { readonly request: IncomingMessage; readonly body: RequestBody },
  { project, holder, uploadKey, deferred }: Arrival,
): Promise<string> {
  const { limits, queue, log, spool } = intake;
  const recipients = await intake.recipients.recipientsFor(project.id);
  if (!recipients) throw new IngestError('ingest.no-recipient');
  const budget = new ByteBudget(limits.uploadBytes);
  const spooling = spool && new SpoolingStore(intake.dumps, spool, intake.copiesUploads);
  const objects = spooling ?? intake.dumps;
  const submission = new Submission({ objects, recipients, project: project.id, limits, budget });
  const alias = newAlias(project.answerStyle);
  try {
    await readInto(submission, request, body, { limits, budget });
    const sealed = await submission.finish();
    const receiving = receivingOf(sealed, { project, holder, recipients, alias, uploadKey, now: new Date() });
    if (await recordOrSpool(intake, receiving, spooling)) {
      log.info('dump.received', { dump: submission.id, project: project.id });
      if (!deferred) queue.announceDump(submission.id);
    }
  } catch (error) {
    if (!(error instanceof CommitUnknownError)) await submission.discard();
    // Another try of the same upload was quicker, or this one was committed and nobody heard of it.
    const known = await answerOfKnown(intake, project, uploadKey);
    if (known !== null) return known;
    throw error;
  }
  return answerText(project.answerStyle, submission.id, alias);
}

/** True where the dump exists now; false where it waits in the spool and will. Either way it is durable. */
async function recordOrSpool(intake: Intake, receiving: Receiving, spooling: SpoolingStore | null): Promise<boolean> {
  const { spool, store, log } = intake;
  if (!spool || !spooling) {
    await recordReceiving(store, receiving);
    return true;
  }
  const { spooledKeys: objectKeys } = spooling;
  if (objectKeys.length === 0 && !spool.isAway('database')) {
    try {
      await recordReceiving(store, receiving);
      return true;
    } catch (error) {
      // The same upload is there already: that is no database that is away.
      const { project, uploadKey } = receiving.dump;
      if (uploadKey !== null && (await findUpload(store.rows, project, uploadKey).catch(() => null)) !== null)
        throw error;
      spool.noteAway('database');
      log.error('spool.used', error);
    }
  }
  await spool.keep({ receiving, objectKeys });
  log.info('dump.spooled', { dump: receiving.dump.id, project: receiving.dump.project });
  return false;
}

/** What the upload's first try was, or should have been, answered. */
async function answerOfKnown({ store }: Intake, project: Project, uploadKey: string | null): Promise<string | null> {
  // Where the database is away nobody knows; what comes twice is found when it is recorded.
  const found = uploadKey === null ? null : findUpload(store.rows, project.id, uploadKey);
  const known = await found?.catch(() => null);
  if (!known) return null;
  const alias = known.alias === null ? null : DumpAliasText.parse(known.alias);
  return answerText(project.answerStyle, DumpIdText.parse(known.id), alias);
}

async function readInto(
  submission: Submission,
  request: IncomingMessage,
  body: RequestBody,
  { limits, budget }: { readonly limits: IngestLimits; readonly budget: ByteBudget },
): Promise<void> {
  const content = contentOf(request.headers);
  const wire = new ByteBudget(limits.uploadBytes);
  const plain = decodedBody(request.headers['content-encoding'], body.bytes, { wire, unfolded: budget });
  if (content.kind === 'form') await submission.takeForm(plain, content.boundary);
  else await submission.takeDump(plain);
  addQuery(submission, queryOf(request));
}

/** Crashpad names program and client in the query string, too; of a raw body they are all that there is. */
const QUERY_ANNOTATIONS = ['prod', 'ver', 'product', 'version', 'channel', 'guid'];

function addQuery({ annotations }: Submission, query: URLSearchParams): void {
  for (const name of QUERY_ANNOTATIONS) {
    const value = query.get(name);
    if (value !== null && annotations.get(name) === null) annotations.add(name, value);
  }
}
