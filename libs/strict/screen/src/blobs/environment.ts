import type { AnchorDetector } from '../job/anchor-detector.js';
import { sightingIn } from '../job/job.js';
import { textBefore, textFrom, wide } from '../text/text-window.js';

/** How the names of secrets end. */
const ENDINGS = [
  'TOKEN=',
  'SECRET=',
  'PASSWORD=',
  'PASSWD=',
  '_PASS=',
  '_KEY=',
  '_PAT=',
  'CREDENTIALS=',
  '_DSN=',
  '_AUTH=',
];
const NAME = /(?:^|\0)([A-Z][A-Z0-9_]{0,63})$/;
const VALUE = /^[!-~]{6,4096}(?=\0|$)/;

/**
 * `NAME=value` between zeros: the environment block of a process, and its command line. The name alone is the finding, since
 * nothing is known of the value; in Windows minidumps this block is where credentials are most often met.
 */
export const ENVIRONMENT_DETECTORS: readonly AnchorDetector[] = ENDINGS.flatMap((ending) =>
  [false, true].map((isWide): AnchorDetector => {
    const pattern = Buffer.from(ending);
    return {
      detector: 'environment',
      pattern: isWide ? wide(pattern) : pattern,
      cost: 256,
      inspect: (window, at, job) => {
        const step = isWide ? 2 : 1;
        const valueAt = at + step * ending.length;
        const name = NAME.exec(textBefore(window, at, isWide, 64).text + ending.slice(0, -1))?.[1];
        const value = VALUE.exec(textFrom(window, valueAt, isWide, 4096).text)?.[0];
        if (name === undefined || value === undefined) return;
        const from = valueAt - step * (name.length + 1);
        const span = { from, to: valueAt + step * value.length };
        job.book.recordShape('environment-credential', sightingIn(window, 'environment', 0, span));
      },
    };
  }),
);
