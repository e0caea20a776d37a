import { type ByteSource, type Cpu, Cursor, PieceTooShort } from '@crashkeep/snapshot';
import type { Problems } from '../problems.js';

export interface Note {
  /** Who defined the type: `CORE`, `LINUX`, `FreeBSD`, `NetBSD-CORE@2`. */
  readonly owner: string;
  readonly type: number;
  readonly description: Cursor;
  /** Where the description begins in the file. */
  readonly offset: number;
}

/** What the header says of the machine: how wide words are, and their order. */
export interface Machine {
  readonly cpu: Cpu;
  readonly is64: boolean;
  readonly littleEndian: boolean;
}

/** Notes of 4,096 threads with all their vector registers. */
const MAX_NOTE_BYTES = 16 * 1024 * 1024;
const MAX_OWNER_BYTES = 64;
const MAX_NOTES = 65_536;

/** The notes of a segment in their order, as far as they are whole. */
export function readNotes(
  source: ByteSource,
  segment: { readonly offset: number; readonly size: number },
  littleEndian: boolean,
  problems: Problems,
): Note[] {
  const size = Math.min(segment.size, MAX_NOTE_BYTES);
  source.prefetch([{ offset: segment.offset, length: size }]);
  const cursor = new Cursor(source.read(segment.offset, size).slice(), littleEndian);
  const notes: Note[] = [];
  try {
    while (cursor.left >= 12 && notes.length < MAX_NOTES) notes.push(nextNote(cursor, segment.offset, littleEndian));
  } catch (error) {
    if (!(error instanceof PieceTooShort)) throw error;
    problems.add('elfcore.bad-note');
  }
  return notes;
}

function nextNote(cursor: Cursor, segmentOffset: number, littleEndian: boolean): Note {
  const ownerBytes = cursor.u32();
  const descriptionBytes = cursor.u32();
  const type = cursor.u32();
  if (ownerBytes > MAX_OWNER_BYTES) throw new PieceTooShort();
  const owner = Buffer.from(cursor.take(ownerBytes)).toString('latin1').replace(/\0.*$/s, '');
  align(cursor);
  const offset = segmentOffset + cursor.position;
  const description = new Cursor(cursor.take(descriptionBytes), littleEndian);
  align(cursor);
  return { owner, type, description, offset };
}

/** Names and descriptions are padded to four bytes; behind the last one the padding may be missing. */
function align(cursor: Cursor): void {
  cursor.skip(Math.min(-cursor.position & 3, cursor.left));
}
