// Programs of six runtimes with keys of this moment, their cores, and what the screen finds in them. No rule knows these programs: the
// figure is recall on what was not seen before. A runtime that is not here is one line; the last line is the figure.
import { type Outcome, plantIn } from './plant.js';
import { RUNTIMES } from './runtimes.js';

/** Below this the run fails. */
const LEAST_RECALL = 0.9;

const wanted = process.argv.slice(2);
let [found, of, runtimes] = [0, 0, 0];
for (const runtime of RUNTIMES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const outcome = await plantIn(runtime);
  if ('absent' in outcome) {
    console.log(`${runtime.name}: skipped, this machine has not: ${outcome.absent}`);
    continue;
  }
  console.log(`${runtime.name}: ${lineOf(outcome)}`);
  found += outcome.planted - outcome.missed.length;
  of += outcome.planted;
  runtimes += 1;
}
console.log(`recall ${found} of ${of} planted keys in ${runtimes} runtimes`);
process.exit(of > 0 && found < LEAST_RECALL * of ? 1 : 0);

function lineOf({ planted, missed, result, seconds }: Outcome): string {
  const megabytes = ((result.readBytes - result.constantBytes) / 1e6).toFixed(1);
  const skips = result.skipped.map(({ detector, reason, count }) => `; not searched: ${detector} ${reason} ${count}`);
  return (
    `${planted - missed.length} of ${planted}, ${result.status}, ${megabytes} MB in ${seconds.toFixed(2)} s` +
    (missed.length === 0 ? '' : `; MISSED ${missed.join(', ')}`) +
    skips.join('')
  );
}
