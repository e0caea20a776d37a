import { ButtonLink, Card, CardBody, Icon, Note, formatBytes } from '@crashkeep/ui';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Challenge, type Decision, challengeFor, signDecision } from '../api/acts.js';
import { grantQuery } from '../api/queries.js';
import type { Grant, Narrowing } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { useMe } from '../session/use-me.js';
import classes from './decision-card.module.css';
import { SignedLines } from './signed-lines.js';
import { minutesText } from './words.js';

interface DecisionCardProps {
  readonly grant: Grant;
  readonly narrow: Narrowing | null;
}

/** Asked and allowed beside each other, the note, and the one button that carries the passkey. */
export function DecisionCard({ grant, narrow }: DecisionCardProps): ReactNode {
  const me = useMe();
  const [note, setNote] = useState('');
  const [signing, setSigning] = useState<Challenge | null>(null);
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (decision: Decision['decision']) => {
      const asked: Decision = {
        grant: grant.id,
        version: grant.version,
        decision,
        narrow: decision === 'approve' ? narrow : null,
        note: note.trim(),
      };
      const challenge = await challengeFor(asked, me.csrf);
      setSigning(challenge);
      return signDecision(challenge, asked, me.csrf);
    },
    onSuccess: async (decided) => {
      queryClient.setQueryData(grantQuery(grant.id).queryKey, decided);
      await queryClient.invalidateQueries({ queryKey: ['grants'] });
    },
  });
  return (
    <>
      <Card title="Your decision" sealed>
        <CardBody>
          <div className="stack g3">
            <Allowed grant={grant} narrow={narrow} />
            <Textarea
              label={`Note to ${grant.requester.name}`}
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
            {me.passkeys === 0 ? (
              <Note tone="warn">
                You have no passkey for approvals yet. <ButtonLink to="/passkeys">Enrol one</ButtonLink>
              </Note>
            ) : (
              <>
                <Button
                  variant="primary"
                  size="lg"
                  fullWidth
                  loading={isPending}
                  leftSection={<Icon name="passkey" />}
                  onClick={() => {
                    mutate('approve');
                  }}
                >
                  Approve with passkey
                </Button>
                <Button
                  fullWidth
                  color="red"
                  variant="default"
                  disabled={isPending}
                  onClick={() => {
                    mutate('deny');
                  }}
                >
                  Deny with passkey
                </Button>
              </>
            )}
            <p className="hint">You cannot read this dump yourself under this grant.</p>
          </div>
        </CardBody>
      </Card>
      <SignedLines grant={grant} narrow={narrow} challenge={signing} />
    </>
  );
}

function Allowed({ grant, narrow }: DecisionCardProps): ReactNode {
  const rows = [
    ['Budget', formatBytes(grant.bytes), formatBytes(narrow?.bytes ?? grant.bytes)],
    ['Time', minutesText(grant.minutes), minutesText(narrow?.minutes ?? grant.minutes)],
  ] as const;
  return (
    <dl className={classes['diff']}>
      {rows.map(([name, asked, allowed]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {asked !== allowed && <del>{asked}</del>} <b>{allowed}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}
