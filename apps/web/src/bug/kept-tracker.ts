import { BugTracker } from '@crashkeep/report';

/** Where a project's bugs live, as this browser was told. It is no secret and no part of a report. */
const nameOf = (project: string): string => `crashkeep.bug-tracker.${project}`;

/** Null where nothing was told, or what is kept is of no form that is known. */
export function keptTracker(project: string, storage: Pick<Storage, 'getItem'> = localStorage): BugTracker | null {
  try {
    return BugTracker.parse(JSON.parse(storage.getItem(nameOf(project)) ?? 'null'));
  } catch {
    return null;
  }
}

/** A browser that keeps nothing asks again. */
export function keepTracker(
  project: string,
  tracker: BugTracker,
  storage: Pick<Storage, 'setItem'> = localStorage,
): void {
  try {
    storage.setItem(nameOf(project), JSON.stringify(tracker));
  } catch {
    // Nothing is lost: the form opens all the same.
  }
}
