import { ScreenAnswer } from '../screen-answer.js';
import { WalkError } from '../walk-error.js';
import { Ask, Reply } from '../wire/frame.js';
import { encodeJob } from '../wire/job.js';
import { decodeRanges } from '../wire/range-list.js';
import type { AsyncRangeSource } from './async-range-source.js';
import type { ParserChild } from './parser-child.js';
import { RangeAnswerer } from './range-answerer.js';
import { failureIn, parseJson } from './walk-conversation.js';

export interface ScreenJob {
  readonly source: AsyncRangeSource;
  readonly project: string;
  /** False for what a client sent beside a dump. */
  readonly isDump: boolean;
  /** All the time that there is; three passes share most of it, and one that has none left is a partial result. */
  readonly milliseconds: number;
}

const PASSES = 3;
/** The rest is for starting, proving and answering. */
const PASS_SHARE = 0.75;
const MEBIBYTE = 1024 * 1024;
/** Records are read here and there before the memory is gone through. */
const RECORD_ROUNDS = 4096;

/** The parent answers ranges, and believes nothing: an answer outside of the schema or of the file is `walk.bad-answer`. */
export async function screenInChild(child: ParserChild, job: ScreenJob): Promise<ScreenAnswer> {
  const { source, isDump, milliseconds } = job;
  // A pass reads a byte as often as regions claim it, twice at most in all (`mostBytes`), a piece at a time at the worst.
  const passBytes = 2 * source.size + 128 * MEBIBYTE;
  const rounds = RECORD_ROUNDS + Math.ceil((PASSES * passBytes) / MEBIBYTE);
  const budget = { rounds, dumpBytes: rounds * MEBIBYTE, symbolBytes: 0, milliseconds };
  const ranges = new RangeAnswerer(source, budget);
  const passMilliseconds = Math.floor((milliseconds * PASS_SHARE) / PASSES);
  child.send(Reply.job, 0, encodeJob({ kind: 'screen', size: source.size, isDump, passMilliseconds }, null));
  for (;;) {
    const frame = await child.next();
    if (frame.op === Ask.failure) throw new WalkError(failureIn(frame));
    if (frame.op === Ask.ranges) {
      const asked = decodeRanges(frame.payload, frame.count);
      if (asked === null) throw new WalkError('walk.bad-answer');
      const bytes = await ranges.answer(frame.source, asked);
      if (bytes === null) child.send(Reply.refused, 0, []);
      else child.send(Reply.bytes, frame.count, bytes);
    } else if (frame.op === Ask.result) {
      return accept(parseJson(frame.payload), source.size);
    } else {
      throw new WalkError('walk.bad-answer');
    }
  }
}

function accept(answer: unknown, size: number): ScreenAnswer {
  const parsed = ScreenAnswer.safeParse(answer);
  if (!parsed.success || !isInside(parsed.data, size)) throw new WalkError('walk.bad-answer');
  return parsed.data;
}

function isInside({ secrets, sightings, unsearched }: ScreenAnswer, size: number): boolean {
  const fits = ([offset, length]: readonly [number, number]): boolean => offset + length <= size;
  return (
    unsearched.every(fits) && sightings.every(({ secret, ranges }) => secret < secrets.length && ranges.every(fits))
  );
}
