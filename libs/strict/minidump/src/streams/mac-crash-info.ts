import type { Cursor } from '@crashkeep/snapshot';
import { type DumpFile, tolerate } from '../dump-file.js';
import { StreamType } from '../stream-type.js';
import { decodeUtf8 } from '../text.js';

const MAX_RECORDS = 20;
const MAX_RECORD_BYTES = 64 * 1024;

/**
 * What macOS libraries wrote into their `__crash_info` sections, as Mozilla's writer collects it: the message, the signature and the
 * second message of each record. Its module path and backtrace are left out.
 */
export function readMacCrashInfo(file: DumpFile): string[] {
  const messages: string[] = [];
  const stream = file.stream(StreamType.MozMacCrashInfo);
  if (stream === null) return messages;
  return tolerate(
    file,
    'minidump.bad-mac-crash-info',
    () => {
      stream.skip(4);
      const count = Math.min(stream.u32(), MAX_RECORDS);
      const fixedBytes = stream.u32();
      for (let i = 0; i < count; i++) {
        const size = stream.u32();
        const record = file.piece({ rva: stream.u32(), size: Math.min(size, MAX_RECORD_BYTES) });
        if (record === null) file.problem('minidump.bad-mac-crash-info');
        else messages.push(...recordMessages(record, fixedBytes));
      }
      return messages;
    },
    messages,
  );
}

/** Strings in a row behind the fields of fixed size: module path, message, signature, backtrace, second message. */
function recordMessages(record: Cursor, fixedBytes: number): string[] {
  record.seek(fixedBytes);
  const strings = decodeUtf8(record.take(record.left)).split('\0');
  return [strings[1], strings[2], strings[4]].filter((text): text is string => text !== undefined && text !== '');
}
