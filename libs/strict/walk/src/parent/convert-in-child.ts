import { z } from 'zod';
import { WalkError } from '../walk-error.js';
import { Ask, Reply } from '../wire/frame.js';
import { encodeJob } from '../wire/job.js';
import { ANSWER_BYTES_MAX } from '../wire/limits.js';
import { decodeRanges } from '../wire/range-list.js';
import type { ParserChild } from './parser-child.js';
import { RangeAnswerer } from './range-answerer.js';
import { failureIn, parseJson } from './walk-conversation.js';
import type { ConvertJob } from './convert-job.js';

/** Headers and sections of an image, a round or a few each. */
const IMAGE_ROUNDS = 256;

const count = z.int().min(0);
const Conversion = z.strictObject({
  identity: z.strictObject({
    os: z.string().max(64),
    cpu: z.string().max(16),
    debugId: z.string().max(64),
    debugFile: z.string().max(1024),
    codeId: z.string().max(128).nullable(),
  }),
  dropped: z.strictObject({ badLines: count, longLines: count, outOfRange: count, unwindRules: count }),
});

export interface ConvertedForm extends z.infer<typeof Conversion> {
  /** The form, in pieces that follow each other. */
  readonly form: readonly Uint8Array[];
}

/** Every byte of a text once. Of an ELF or PE file sections, each once, after the first piece that told what it is. */
export async function convertInChild(child: ParserChild, job: ConvertJob): Promise<ConvertedForm> {
  const { source, formBytesMax } = job;
  const rounds = Math.ceil(source.size / ANSWER_BYTES_MAX) + IMAGE_ROUNDS;
  const dumpBytes = source.size + 2 * ANSWER_BYTES_MAX;
  const ranges = new RangeAnswerer(source, { rounds, dumpBytes, symbolBytes: 0, milliseconds: 0 });
  child.send(Reply.job, 0, encodeJob({ kind: 'convert', size: source.size, formBytesMax }, null));
  const form: Uint8Array[] = [];
  let formBytes = 0;
  for (;;) {
    const frame = await child.next();
    if (frame.op === Ask.failure) throw new WalkError(failureIn(frame));
    if (frame.op === Ask.piece) {
      formBytes += frame.payload.length;
      if (formBytes > formBytesMax || frame.payload.length === 0) throw new WalkError('walk.bad-answer');
      form.push(frame.payload);
    } else if (frame.op === Ask.ranges) {
      const bytes = await ranges.answer(frame.source, decodeRanges(frame.payload, frame.count) ?? []);
      if (bytes === null) throw new WalkError('walk.bad-answer');
      child.send(Reply.bytes, frame.count, bytes);
    } else if (frame.op === Ask.result) {
      const parsed = Conversion.safeParse(parseJson(frame.payload));
      if (!parsed.success) throw new WalkError('walk.bad-answer');
      return { ...parsed.data, form };
    } else {
      throw new WalkError('walk.bad-answer');
    }
  }
}
