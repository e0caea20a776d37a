import { type ByteSource, type Os, PieceTooShort } from '@crashkeep/snapshot';
import type { Problems } from '../problems.js';
import { FreeBsdNotes } from './freebsd-notes.js';
import { LinuxNotes } from './linux-notes.js';
import { NetBsdNotes } from './netbsd-notes.js';
import { type Machine, type Note, readNotes } from './note.js';
import { MAX_THREADS, type NotedProcess } from './noted-process.js';

/** The process as its notes tell it, and the system that wrote them. */
export function readProcessNotes(
  source: ByteSource,
  segments: readonly { readonly offset: number; readonly size: number }[],
  machine: Machine,
  problems: Problems,
): { readonly os: Os; readonly process: NotedProcess } {
  const notes = segments.flatMap((segment) => readNotes(source, segment, machine.littleEndian, problems));
  const { os, reader, isOwn } = systemOf(notes, machine, problems);
  for (const note of notes) {
    if (!isOwn(note)) continue;
    if (reader.threads.length > MAX_THREADS) {
      problems.add('elfcore.too-many-threads');
      break;
    }
    addNote(reader, note, problems);
  }
  return { os, process: reader };
}

type NoteReader = NotedProcess & { add(note: Note): void };

function systemOf(
  notes: readonly Note[],
  machine: Machine,
  problems: Problems,
): { readonly os: Os; readonly reader: NoteReader; readonly isOwn: (note: Note) => boolean } {
  if (notes.some(({ owner }) => owner === 'FreeBSD')) {
    return { os: 'unknown', reader: new FreeBsdNotes(machine), isOwn: ({ owner }) => owner === 'FreeBSD' };
  }
  if (notes.some(({ owner }) => owner.startsWith('NetBSD-CORE'))) {
    return { os: 'unknown', reader: new NetBsdNotes(machine), isOwn: ({ owner }) => owner.startsWith('NetBSD-CORE') };
  }
  const isOwn = ({ owner }: Note): boolean => owner === 'CORE' || owner === 'LINUX';
  return { os: 'linux', reader: new LinuxNotes(machine, problems), isOwn };
}

/** A note that is too short says nothing. */
function addNote(reader: NoteReader, note: Note, problems: Problems): void {
  try {
    reader.add(note);
  } catch (error) {
    if (!(error instanceof PieceTooShort)) throw error;
    problems.add('elfcore.bad-note');
  }
}
