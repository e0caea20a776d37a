import { Card, CardBody, Icon, Note } from '@crashkeep/ui';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Decision, challengeFor, signDecision } from '../api/acts.js';
import { grantQuery } from '../api/queries.js';
import type { Grant } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { useMe } from '../session/use-me.js';

interface Choice {
  readonly decision: Decision['decision'];
  readonly text: string;
}

interface SignCardProps {
  readonly grant: Grant;
  readonly title: string;
  readonly words: string;
  readonly choices: readonly Choice[];
}

/** One question and the passkey that answers it. */
function SignCard({ grant, title, words, choices }: SignCardProps): ReactNode {
  const { csrf } = useMe();
  const [note, setNote] = useState('');
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (decision: Decision['decision']) => {
      const asked: Decision = { grant: grant.id, version: grant.version, decision, narrow: null, note: note.trim() };
      return signDecision(await challengeFor(asked, csrf), asked, csrf);
    },
    onSuccess: async (decided) => {
      queryClient.setQueryData(grantQuery(grant.id).queryKey, decided);
      await queryClient.invalidateQueries({ queryKey: ['grants'] });
    },
  });
  return (
    <Card title={title} sealed>
      <CardBody>
        <div className="stack g3">
          <p className="t13 soft">{words}</p>
          <Textarea
            label="Note"
            rows={2}
            maxLength={500}
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
          {choices.map(({ decision, text }, at) => (
            <Button
              key={decision}
              fullWidth
              variant={at === 0 ? 'primary' : 'default'}
              loading={isPending}
              leftSection={<Icon name="passkey" />}
              onClick={() => {
                mutate(decision);
              }}
            >
              {text}
            </Button>
          ))}
        </div>
      </CardBody>
    </Card>
  );
}

/** Who asked opens it: by the policy, or by breaking the glass. */
export function OwnOpeningCard({ grant }: { readonly grant: Grant }): ReactNode {
  const isGlass = grant.path === 'break-glass';
  const decision = isGlass ? 'break-glass' : 'automatic';
  return (
    <SignCard
      grant={grant}
      title={isGlass ? 'Break the glass' : 'Open by the policy'}
      words={
        isGlass
          ? 'Nobody has approved this. Security is told now, and another person looks at what you read within 24 hours. If nobody does, neither you nor they go on.'
          : 'The policy lets this open by your own passkey where a complete screen found no key in the dump.'
      }
      choices={[{ decision, text: isGlass ? 'Break it with your passkey' : 'Open with your passkey' }]}
    />
  );
}

/** Another person's word on what was read behind broken glass. */
export function ReviewCard({ grant }: { readonly grant: Grant }): ReactNode {
  return (
    <SignCard
      grant={grant}
      title="Look at this"
      words={`${grant.requester.name} read without approval. See what was read, ask why, and say what you think of it.`}
      choices={[
        { decision: 'ratify', text: 'It was right: ratify' },
        { decision: 'violation', text: 'It was a violation' },
      ]}
    />
  );
}
