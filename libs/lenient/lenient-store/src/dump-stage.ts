import { z } from 'zod';

export const DumpState = z.enum(['queued', 'walking', 'done', 'failed']);
/** What a dump's row says to a person: that it is shredded is told by its times. */
export type DumpState = z.infer<typeof DumpState>;

/** A dump that was shredded keeps its report; one that was shredded before it was walked never gets one. */
export function dumpStateOf(stage: string, hasReport: boolean): DumpState {
  if (stage === 'shredded') return hasReport ? 'done' : 'failed';
  return DumpState.parse(stage);
}
