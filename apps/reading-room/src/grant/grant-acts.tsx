import {
  ButtonLink,
  Card,
  CardBody,
  Icon,
  KeyValues,
  Meter,
  Note,
  formatBytes,
  formatDuration,
  useSecond,
} from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type GrantAct, actOn } from '../api/acts.js';
import { grantQuery } from '../api/queries.js';
import type { Grant } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { useMe } from '../session/use-me.js';
import { minutesText } from './words.js';

interface GrantActsProps {
  readonly grant: Grant;
  readonly mine: boolean;
}

/** State, what is left of it, and what you may do now. */
export function GrantActs({ grant, mine }: GrantActsProps): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (act: GrantAct) => actOn(grant.id, act, csrf),
    onSuccess: async (after) => {
      queryClient.setQueryData(grantQuery(grant.id).queryKey, after);
      await queryClient.invalidateQueries({ queryKey: ['grants'] });
    },
  });
  const { may, state } = grant;
  const act = (name: GrantAct, text: string, primary = false): ReactNode => (
    <Button
      fullWidth
      variant={primary ? 'primary' : 'default'}
      size={primary ? 'lg' : 'sm'}
      loading={isPending}
      onClick={() => {
        mutate(name);
      }}
    >
      {text}
    </Button>
  );
  return (
    <Card title="The grant" sealed={state !== 'active'}>
      <CardBody>
        <div className="stack g3">
          <p className="t13 soft">{nextStep(grant, mine)}</p>
          {state === 'active' && <Left grant={grant} />}
          {error !== null && (
            <Note tone="danger" role="alert">
              {explain(error)}
            </Note>
          )}
          {may.activate && act('activate', `Open it for ${minutesText(grant.minutes)}`, true)}
          {may.read && (
            <ButtonLink
              to="/grants/$grantId/memory"
              params={{ grantId: grant.id }}
              variant="primary"
              size="lg"
              leftSection={<Icon name="door" />}
            >
              Read the memory
            </ButtonLink>
          )}
          {may.close && act('close', 'End it now')}
          {may.withdraw && act('withdraw', 'Withdraw the request')}
          {may.revoke && !may.close && act('revoke', 'Revoke it')}
        </div>
      </CardBody>
    </Card>
  );
}

function Left({ grant }: { readonly grant: Grant }): ReactNode {
  const now = useSecond();
  const ends = grant.expires_at === null ? now : Date.parse(grant.expires_at);
  const seconds = Math.max(0, Math.round((ends - now) / 1000));
  return (
    <div className="stack g2">
      <KeyValues
        small
        rows={[
          ['Bytes left', `${formatBytes(grant.bytes - grant.used_bytes)} of ${formatBytes(grant.bytes)}`],
          ['Time left', formatDuration(seconds)],
        ]}
      />
      <Meter share={grant.used_bytes / Math.max(1, grant.bytes)} label="Bytes used" />
    </div>
  );
}

function nextStep({ state, approvals, approvals_needed: needed }: Grant, mine: boolean): string {
  const whose = mine ? 'You' : 'The requester';
  const given = approvals.filter(({ current, decision }) => current && decision === 'approve').length;
  const words: Readonly<Record<typeof state, string>> = {
    requested: `${String(given)} of ${String(needed)} approvals. Nothing can be read yet.`,
    approved: `${whose} may open it now. The clock starts then.`,
    active: 'It is open. Each byte is charged and recorded before it is shown.',
    closed: 'It was ended by the requester. Nothing can be read under it any more.',
    expired: 'Its time is over. Nothing can be read under it any more.',
    exhausted: 'Its byte budget is used. A new need is a new request.',
    revoked: 'It was revoked. The next read was refused.',
    denied: 'Security said no. The note says why.',
    withdrawn: 'It was withdrawn before a decision.',
    lapsed: 'Nobody decided or opened it in time.',
  };
  return words[state];
}
