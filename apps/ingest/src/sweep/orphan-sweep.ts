import type { AppLogger } from '@crashkeep/platform';
import type { ObjectStore } from '@crashkeep/strict-store';

export interface OrphanSweepTerms {
  readonly objects: ObjectStore;
  /** Which of these keys no row names. */
  readonly orphansAmong: (keys: readonly string[]) => Promise<string[]>;
  /** Younger objects may belong to an upload that is still at work. */
  readonly before: Date;
  readonly log: AppLogger;
}

const BATCH = 500;
/** A few orphans are crashes of ours. A tenth of the archive is a wrong database, or one set back: a person must look. */
const FEW = 100;
const MAX_SHARE = 0.1;

/**
 * Removes objects that no row names: left by a process that died between object and row, or by a commit that failed
 * unheard. Resolves to how many went. Removes none where they are too many to be that.
 */
export async function sweepOrphans({ objects, orphansAmong, before, log }: OrphanSweepTerms): Promise<number> {
  await objects.sweep(before);
  const orphans: string[] = [];
  let old = 0;
  for await (const keys of oldKeys(objects, before)) {
    old += keys.length;
    orphans.push(...(await orphansAmong(keys)));
  }
  if (orphans.length > Math.max(FEW, old * MAX_SHARE)) {
    log.warn('objects.too-many-orphans', { orphans: orphans.length, objects: old });
    return 0;
  }
  for (const key of orphans) await objects.delete(key);
  if (orphans.length > 0) log.info('objects.orphans-removed', { orphans: orphans.length });
  return orphans.length;
}

async function* oldKeys(objects: ObjectStore, before: Date): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const { key, modifiedAt } of objects.list()) {
    if (modifiedAt >= before) continue;
    batch.push(key);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
