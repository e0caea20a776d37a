import { ObjectStoreError, findUpload, findUploader } from '@crashkeep/strict-store';
import type { Intake } from '../intake.js';
import { recordReceiving } from '../submission/record.js';
import type { Spooled } from './spool-record.js';
import type { Spool } from './spool.js';

const EVERY_MS = 2_000;
/** So many in one round are no fault of theirs: something is away. One alone must not hold up the others. */
const FAILURES_MAX = 3;

/** Takes what waits into the vault, oldest first, until something is still away. Resolves to how many went. */
export async function commitSpooled(intake: Intake, spool: Spool): Promise<number> {
  let [committed, failed] = [0, 0];
  for await (const spooled of spool.waiting()) {
    if (await commitOne(intake, spool, spooled)) committed += 1;
    else failed += 1;
    if (failed === FAILURES_MAX) break;
  }
  return committed;
}

async function commitOne(intake: Intake, spool: Spool, spooled: Spooled): Promise<boolean> {
  const { dump } = spooled.receiving;
  try {
    await spool.moveObjects(spooled, intake.dumps);
    spool.noteBack('store');
    if (!(await isThere(intake, spooled))) await recordReceiving(intake.store, spooled.receiving);
    spool.noteBack('database');
  } catch (error) {
    spool.noteAway(error instanceof ObjectStoreError ? 'store' : 'database');
    return false;
  }
  await spool.forget(spooled);
  intake.log.info('dump.received', { dump: dump.id, project: dump.project, spooled: true });
  intake.queue.announceDump(dump.id);
  return true;
}

/** A commit that nobody heard of, or another try of the same upload that came first. */
async function isThere({ store, dumps }: Intake, { receiving: { dump }, objectKeys }: Spooled): Promise<boolean> {
  if ((await findUploader(store.rows, dump.id)) !== null) return true;
  const other = dump.uploadKey === null ? null : await findUpload(store.rows, dump.project, dump.uploadKey);
  if (other === null) return false;
  for (const key of objectKeys) await dumps.delete(key);
  return true;
}

/** For as long as the process lives. Resolves when a round that is under way has ended. */
export function startCommitting(intake: Intake, spool: Spool): () => Promise<void> {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(async () => {
      await commitSpooled(intake, spool).catch((error: unknown) => {
        intake.log.error('spool.not-committed', error);
      });
    });
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}
