import { randomUUID } from 'node:crypto';
import type { PersonId } from '@crashkeep/ids';
import type { LenientRows } from '../lenient-store.js';
import { LenientStoreError } from '../lenient-store-error.js';
import type { WholeGroup } from './group-of.js';

/** Plain text of a person, at most 4000 characters. */
export interface GroupNote {
  readonly id: string;
  readonly authorId: string;
  readonly text: string;
  readonly madeAt: Date;
  readonly editedAt: Date | null;
}

const NOTES_MAX = 500;

/** Oldest first, without those that were taken back. */
export async function findGroupNotes(rows: LenientRows, groupIds: readonly string[]): Promise<GroupNote[]> {
  const found = await rows.group_note.findMany({
    where: { group_id: { in: [...groupIds] }, removed_at: null },
    orderBy: [{ made_at: 'asc' }, { id: 'asc' }],
    take: NOTES_MAX,
  });
  return found.map((row) => ({
    id: row.id,
    authorId: row.author_id,
    text: row.text,
    madeAt: row.made_at,
    editedAt: row.edited_at,
  }));
}

/** Its id. Throws `lenient-store.too-many`. */
export async function addGroupNote(
  rows: LenientRows,
  group: WholeGroup,
  author: PersonId,
  text: string,
): Promise<string> {
  const id = randomUUID();
  if ((await rows.group_note.count({ where: { group_id: group.id } })) >= NOTES_MAX) {
    throw new LenientStoreError('lenient-store.too-many');
  }
  await rows.group_note.createMany({
    data: [{ id, project: group.project, group_id: group.id, author_id: author, text }],
  });
  return id;
}

/** `text` null takes it back. Its author alone may. Throws `lenient-store.not-there`. */
export async function changeGroupNote(
  rows: LenientRows,
  noteId: string,
  author: PersonId,
  text: string | null,
): Promise<void> {
  const where = { id: noteId, author_id: author, removed_at: null };
  const now = new Date();
  const data = text === null ? { text: '(taken back)', removed_at: now } : { text, edited_at: now };
  if ((await rows.group_note.updateMany({ where, data })).count === 0) {
    throw new LenientStoreError('lenient-store.not-there');
  }
}
