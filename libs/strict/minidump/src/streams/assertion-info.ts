import type { Assertion } from '@crashkeep/snapshot';
import { type DumpFile, tolerate } from '../dump-file.js';
import { StreamType } from '../stream-type.js';
import { decodeUtf16, untilNul } from '../text.js';

const FIELD_BYTES = 256;
const INVALID_PARAMETER = 1;
const PURE_VIRTUAL_CALL = 2;

/** What the C runtime's handlers told Breakpad on Windows. */
export function readAssertionInfo(file: DumpFile): Assertion | null {
  const stream = file.stream(StreamType.AssertionInfo);
  if (stream === null) return null;
  return tolerate(
    file,
    'minidump.bad-assertion',
    () => {
      const text = () => untilNul(decodeUtf16(stream.take(FIELD_BYTES), file.littleEndian));
      const [expression, fn, source] = [text(), text(), text()];
      return { expression, function: fn, file: source, line: stream.u32(), kind: kindOf(stream.u32()) };
    },
    null,
  );
}

function kindOf(type: number): Assertion['kind'] {
  if (type === INVALID_PARAMETER) return 'invalid-parameter';
  return type === PURE_VIRTUAL_CALL ? 'pure-virtual-call' : 'unknown';
}
