import { Badge, Card, CardBody, Note, TimeAgo } from '@crashkeep/ui';
import { Button, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { rotateFinding } from '../api/acts.js';
import type { Finding, Rotation } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { useMe, useProjects } from '../session/use-me.js';
import { ROTATION_WORDS } from './finding-words.js';

const STATES = Object.keys(ROTATION_WORDS) as Rotation[];

/** How far its replacement is; each change is a leaf. */
export function RotationCard({ finding }: { readonly finding: Finding }): ReactNode {
  const decides = useProjects().some(({ id, may }) => id === finding.project && may.decide);
  const { rotation, rotation_at: at, note } = finding;
  return (
    <Card
      title="Rotation"
      end={
        <Badge tone={rotation === 'open' ? 'danger' : rotation === 'rotating' ? 'warn' : 'ok'}>
          {ROTATION_WORDS[rotation]}
        </Badge>
      }
    >
      <CardBody>
        {at !== null && (
          <p className="t13 soft">
            Recorded <TimeAgo moment={Date.parse(at)} sentence />
            {note !== null && `: ${note}`}
          </p>
        )}
        {decides ? <RotationForm finding={finding} /> : <p className="t13 soft">Security records what was done.</p>}
      </CardBody>
    </Card>
  );
}

function RotationForm({ finding }: { readonly finding: Finding }): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const [rotation, setRotation] = useState(finding.rotation);
  const [owner, setOwner] = useState(finding.owner ?? '');
  const [note, setNote] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => rotateFinding(finding.id, { rotation, owner: textOrNull(owner), note: textOrNull(note) }, csrf),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['exposure'] }),
        queryClient.invalidateQueries({ queryKey: ['findings'] }),
      ]),
  });
  return (
    <form
      className="stack g3"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
      <NativeSelect
        label="State"
        value={rotation}
        data={STATES.map((value) => ({ value, label: ROTATION_WORDS[value] }))}
        onChange={(event) => {
          setRotation(STATES.find((state) => state === event.currentTarget.value) ?? 'open');
        }}
      />
      <TextInput
        label="Whose it is"
        maxLength={200}
        value={owner}
        onChange={(event) => {
          setOwner(event.currentTarget.value);
        }}
      />
      <Textarea
        label="What was done"
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value);
        }}
      />
      {error !== null && (
        <Note tone="danger" role="alert">
          {explain(error)}
        </Note>
      )}
      <Button type="submit" loading={isPending}>
        Record this step
      </Button>
    </form>
  );
}

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
