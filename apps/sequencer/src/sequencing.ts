import { setTimeout as sleep } from 'node:timers/promises';
import { requireRetention } from './retention.js';
import { SequencerHalt } from './sequencer-halt.js';
import { BATCH, Sequencer, type SequencerTerms } from './sequencer.js';

export interface SequencingTerms extends SequencerTerms {
  /** Days for which the ledger's objects are kept; null for ever. */
  readonly keptDays: number | null;
}

const NEWS_MS = 1_000;
const SILENCE_MS = 60_000;
const STANDBY_MS = 5_000;
const LONGEST_PAUSE_MS = 30_000;
/** Others may hold the lock, or a store may be away: these pass. What else halts needs a person. */
const PASSING = new Set<SequencerHalt['code']>(['sequencer.not-alone', 'sequencer.fenced']);

/** Numbers and publishes until `stop` is aborted: each second with news, each minute without. Throws a SequencerHalt that needs a person. */
export async function keepSequencing(terms: SequencingTerms, stop: AbortSignal): Promise<void> {
  let pause = NEWS_MS;
  while (!stop.aborted) {
    try {
      await sequenceUntilItFails(terms, stop, () => {
        pause = NEWS_MS;
      });
    } catch (error) {
      if (error instanceof SequencerHalt && !PASSING.has(error.code)) throw error;
      const isStandby = error instanceof SequencerHalt && error.code === 'sequencer.not-alone';
      if (!isStandby) terms.log.error('sequencer.again', error);
      await rest(isStandby ? STANDBY_MS : pause, stop);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}

async function sequenceUntilItFails(terms: SequencingTerms, stop: AbortSignal, wentWell: () => void): Promise<void> {
  const sequencer = await Sequencer.open(terms);
  try {
    terms.log.info('sequencer.at-work', { size: sequencer.size });
    let published = 0;
    while (!stop.aborted) {
      const began = Date.now();
      const hasNews = await numberForASecond(sequencer, began, terms.batch);
      if (hasNews || began - published >= SILENCE_MS) {
        requireRetention(terms.keptDays, await sequencer.longestHoldDays());
        await sequencer.publish(new Date());
        published = began;
        wentWell();
      }
      await rest(Math.max(0, began + NEWS_MS - Date.now()), stop);
    }
  } finally {
    await sequencer.close();
  }
}

/** Batch after batch while they are full, and not for longer than a checkpoint may be late. */
async function numberForASecond(sequencer: Sequencer, began: number, batch = BATCH): Promise<boolean> {
  let hasNews = false;
  for (;;) {
    const numbered = await sequencer.number();
    hasNews ||= numbered > 0;
    if (numbered < batch || Date.now() - began >= NEWS_MS) return hasNews;
  }
}

async function rest(milliseconds: number, stop: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: stop }).catch(() => undefined);
}
