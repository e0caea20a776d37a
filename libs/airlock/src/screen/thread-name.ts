import type { ScreenedText } from '@crashkeep/report';
import { mintScreenedText } from '@crashkeep/report/mint';
import { SAFE_THREAD_NAMES } from './safe-thread-names.js';

/** Linux cuts a thread's name to 15 bytes. */
const CUT = 15;

const known: ReadonlySet<string> = new Set(SAFE_THREAD_NAMES.flatMap((name) => [name, name.slice(0, CUT)]));

/** A pool's number: `StyleThread#3`, `GC Thread#0`, `ThreadPoolForegroundWorker/28`, `Job.Worker 4`. */
const NUMBER = /[ #/_-]{0,2}\d{1,5}$/;

/**
 * A name that well-known code gives its threads, with or without a number, or that of the program itself (the main thread's on
 * Linux), where the report shows that. Anything else is the program's own text and is withheld.
 */
export function threadName(text: string, mainModule: ScreenedText | null): ScreenedText | null {
  const isProgram = mainModule !== null && (text === mainModule || text === mainModule.slice(0, CUT));
  const isKnown = known.has(text) || known.has(text.replace(NUMBER, ''));
  return isProgram || isKnown ? mintScreenedText(text, 64) : null;
}
