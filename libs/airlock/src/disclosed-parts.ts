import type { LenientModule, LenientReport } from '@crashkeep/report';

/** What is disclosed already, and what frames refer to: by index into the walk's own lists. */
export interface DisclosedParts {
  readonly modules: readonly LenientModule[];
  readonly unloadedModules: LenientReport['unloaded_modules'];
  readonly mainModule: number | null;
  readonly crashingThread: number | null;
}
