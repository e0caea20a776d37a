import type { Cursor } from '@crashkeep/snapshot';
import type { Problems } from '../problems.js';

/** A part of a file that was mapped: NT_FILE. */
export interface MappedFile {
  readonly start: bigint;
  readonly end: bigint;
  /** Bytes into the file. */
  readonly fileOffset: bigint;
  readonly path: string;
}

const MAX_FILES = 65_536;

/** A count, the page size, that many ranges, then as many paths in a row. */
export function readMappedFiles(note: Cursor, is64: boolean, problems: Problems): MappedFile[] {
  const word = (): bigint => (is64 ? note.u64() : BigInt(note.u32()));
  const counted = Number(word());
  const pageSize = word();
  const count = Math.min(note.roomFor(counted, is64 ? 24 : 12), MAX_FILES);
  if (count < counted) problems.add('elfcore.bad-mapped-files');
  const ranges = Array.from({ length: count }, () => ({ start: word(), end: word(), page: word() }));
  const paths = Buffer.from(note.take(note.left)).toString('utf8').split('\0');
  return ranges.flatMap(({ start, end, page }, i) => {
    const path = paths[i];
    return path === undefined || end <= start ? [] : [{ start, end, fileOffset: page * pageSize, path }];
  });
}
