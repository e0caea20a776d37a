import { Card, CardBody, QueryFailed, SkeletonLines, TimeAgo, formatCounted } from '@crashkeep/ui';
import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { addNote, removeNote } from '../api/acts.js';
import { momentOf } from '../api/moment-of.js';
import { groupNotesQuery } from '../api/signature-queries.js';
import type { GroupNotes } from '../api/wire.js';
import classes from './group-cards.module.css';
import { useGroupAct } from './use-group-act.js';

const NOTE_MAX = 4000;

/** What people know of it, in plain text. */
export function NotesCard({ groupId }: { readonly groupId: string }): ReactNode {
  const query = useQuery(groupNotesQuery(groupId));
  const [text, setText] = useState('');
  const add = useGroupAct(groupId, (note: string, csrf) => addNote(groupId, note, csrf));
  const notes = query.data?.notes ?? [];
  return (
    <Card title="Notes" note={notes.length === 0 ? undefined : formatCounted(notes.length, 'note')}>
      <CardBody>
        {query.isPending && <SkeletonLines lines={2} />}
        {query.isError && <QueryFailed what="The notes" error={query.error} onRetry={() => void query.refetch()} />}
        {notes.map((note) => (
          <Note key={note.id} groupId={groupId} note={note} />
        ))}
        <form
          className="stack g2"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate(text.trim(), {
              onSuccess: () => {
                setText('');
              },
            });
          }}
        >
          <Textarea
            label="Add a note"
            description="Every reader of the project sees it. Paste no memory, and no secret."
            autosize
            minRows={2}
            maxRows={10}
            maxLength={NOTE_MAX}
            value={text}
            error={add.isError ? 'It was not kept. What you typed is still here.' : undefined}
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
          />
          <div>
            <Button type="submit" loading={add.isPending} disabled={text.trim() === ''}>
              Add note
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}

interface NoteProps {
  readonly groupId: string;
  readonly note: GroupNotes['notes'][number];
}

function Note({ groupId, note }: NoteProps): ReactNode {
  const remove = useGroupAct(groupId, (noteId: string, csrf) => removeNote(groupId, noteId, csrf));
  return (
    <article className={classes['note']}>
      <span className="row t13">
        <b className="medium">{note.author.name}</b>
        <span className="muted grow">
          <TimeAgo moment={momentOf(note.made_at)} sentence />
        </span>
        {note.mine && (
          <Button
            size="xs"
            variant="ghost"
            loading={remove.isPending}
            onClick={() => {
              remove.mutate(note.id);
            }}
          >
            Remove
          </Button>
        )}
      </span>
      <p className="t13">{note.text}</p>
    </article>
  );
}
