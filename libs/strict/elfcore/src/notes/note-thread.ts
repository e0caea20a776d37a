import { decodeRegisters, registerBytes, type RegisterLayout } from '@crashkeep/snapshot';
import type { Note } from './note.js';
import type { NotedThread } from './noted-process.js';

/** A thread whose registers begin `registersAt` bytes into the note; without them where the note is too short or the layout unknown. */
export function noteThread(
  { description, offset }: Note,
  id: number,
  registersAt: number,
  layout: RegisterLayout | null,
  littleEndian: boolean,
): NotedThread {
  const length = layout === null ? 0 : registerBytes(layout);
  if (layout === null || description.bytes.length < registersAt + length) {
    return { id, name: null, context: null, contextRange: null };
  }
  description.seek(registersAt);
  return {
    id,
    name: null,
    context: decodeRegisters(layout, description.take(length), littleEndian),
    contextRange: { offset: offset + registersAt, length },
  };
}
