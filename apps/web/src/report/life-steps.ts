import { type TimelineStep, formatBytes, formatClock, formatCounted, formatDay, formatElapsed } from '@crashkeep/ui';
import { momentOf, momentOrNull } from '../api/moment-of.js';
import { failureWords } from './failure-words.js';
import type { ReportAnswer } from '../api/wire.js';

type Told = Pick<ReportAnswer, 'state' | 'failure' | 'life'>;

/** The life of a dump, from the POST to its shredding. `now` decides which day a time needs. */
export function lifeSteps({ state, failure, life }: Told, now: number, timeZone?: string): readonly TimelineStep[] {
  const received = momentOf(life.received_at);
  const walking = momentOrNull(life.walking_at);
  const done = momentOrNull(life.done_at);
  const shredded = momentOrNull(life.shredded_at);
  const clock = (moment: number | null): string => (moment === null ? '' : formatClock(moment, timeZone));
  const steps: (TimelineStep | null)[] = [
    { key: 'received', time: clock(received), state: 'done', what: 'Received', detail: formatBytes(life.dump_bytes) },
    { key: 'sealed', time: clock(received), state: 'seal', what: 'Sealed while it arrived' },
    walkStep(state, failure, walking, done, life.opened_bytes, life.dump_bytes, clock),
    life.grants_open + life.grants_ended > 0
      ? {
          key: 'grants',
          time: '',
          state: 'seal',
          what: `${formatCounted(life.grants_open + life.grants_ended, 'grant')} to raw memory`,
        }
      : null,
    shredded === null
      ? {
          key: 'later',
          time: formatDay(momentOf(life.held_until), now, timeZone),
          state: 'later',
          what: 'Raw dump is shredded',
        }
      : { key: 'shredded', time: formatDay(shredded, now, timeZone), state: 'seal', what: 'Raw dump was shredded' },
  ];
  return steps.filter((step) => step !== null);
}

function walkStep(
  state: ReportAnswer['state'],
  failure: string | null,
  walking: number | null,
  done: number | null,
  openedBytes: number | null,
  dumpBytes: number,
  clock: (moment: number | null) => string,
): TimelineStep {
  if (state === 'failed') {
    return {
      key: 'walk',
      time: clock(done ?? walking),
      state: 'failed',
      what: 'Walk failed',
      detail: failureWords(failure),
    };
  }
  if (state === 'queued') return { key: 'walk', time: '', state: 'later', what: 'Waits to be walked' };
  if (state === 'walking') return { key: 'walk', time: clock(walking), state: 'now', what: 'Is being walked' };
  const took = walking === null || done === null ? '' : ` in ${formatElapsed(done - walking)}`;
  const detail = openedBytes === null ? null : `${formatBytes(openedBytes)} of ${formatBytes(dumpBytes)} opened`;
  return { key: 'walk', time: clock(done), state: 'done', what: `Walked${took}`, detail };
}
