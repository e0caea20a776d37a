import type { Cursor } from '@crashkeep/snapshot';
import type { DumpFile } from '../dump-file.js';
import type { MinidumpProblem } from '../problems.js';

/**
 * Steps to the first record of a list that begins with a 32-bit count, and says how many records can be read.
 *
 * Some producers (Breakpad on 64-bit ARM, older Crashpad) align records to eight bytes: four bytes of padding follow the count,
 * and the stream is 4 + 4 + count * recordBytes long. Exactly that padding is skipped.
 */
export function listCount(
  file: DumpFile,
  list: Cursor,
  recordBytes: number,
  most: number,
  problem: MinidumpProblem,
): number {
  const count = list.u32();
  if (list.left === 4 + count * recordBytes) list.skip(4);
  return bounded(file, list, count, recordBytes, most, problem);
}

/** A list whose header tells its own size, the records' size and their count (32 or 64 bits wide). */
export function extendedListCount(
  file: DumpFile,
  list: Cursor,
  countBytes: 4 | 8,
  recordBytes: number,
  most: number,
  problem: MinidumpProblem,
): { readonly count: number; readonly stride: number } {
  const headerBytes = list.u32();
  const stride = list.u32();
  const count = countBytes === 8 ? list.size64() : list.u32();
  list.seek(headerBytes);
  if (stride < recordBytes) {
    file.problem(problem);
    return { count: 0, stride: recordBytes };
  }
  return { count: bounded(file, list, count, stride, most, problem), stride };
}

function bounded(
  file: DumpFile,
  list: Cursor,
  count: number,
  recordBytes: number,
  most: number,
  problem: MinidumpProblem,
): number {
  const read = Math.min(list.roomFor(count, recordBytes), most);
  if (read < count) file.problem(problem);
  return read;
}
