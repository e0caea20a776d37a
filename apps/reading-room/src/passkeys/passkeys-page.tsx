import {
  Badge,
  Card,
  CardBody,
  DataTable,
  EmptyState,
  Icon,
  Note,
  PageHeader,
  QueryFailed,
  SkeletonRows,
  TimeAgo,
} from '@crashkeep/ui';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { enrolPasskey, revokePasskey } from '../api/acts.js';
import { passkeysQuery, sessionQuery } from '../api/queries.js';
import type { Passkey } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { useStepUp } from '../people/use-step-up.js';
import { useMe } from '../session/use-me.js';

/** Passkeys that sign decisions. They are never used to sign in. */
export function PasskeysPage(): ReactNode {
  const { data, error, isPending, refetch } = useQuery(passkeysQuery);
  const live = data?.filter(({ revoked_at: revoked }) => revoked === null) ?? [];
  return (
    <div className="page">
      <title>Passkeys · Reading room</title>
      <PageHeader
        title="Passkeys"
        sub="Decisions are signed by these, and by nothing else. Keep two: one device may be lost."
      />
      <Card title="Yours">
        {isPending && <SkeletonRows rows={2} />}
        {error !== null && <QueryFailed what="The list" error={error} onRetry={() => void refetch()} />}
        {data !== undefined && live.length === 0 && (
          <EmptyState title="No passkey yet">Enrol one below, then you can approve and deny.</EmptyState>
        )}
        {live.length > 0 && (
          <DataTable
            caption="Passkeys"
            fits
            rows={live}
            rowKey={({ id }) => id}
            columns={[
              { id: 'label', header: 'Device or key', cell: (passkey) => <Name passkey={passkey} /> },
              {
                id: 'since',
                header: 'Enrolled',
                numeric: true,
                cell: ({ created_at: at }) => <TimeAgo moment={Date.parse(at)} />,
              },
              { id: 'act', header: '', numeric: true, cell: (passkey) => <Revoke passkey={passkey} /> },
            ]}
          />
        )}
      </Card>
      <Enrol first={live.length === 0} />
    </div>
  );
}

function Name({ passkey }: { readonly passkey: Passkey }): ReactNode {
  return (
    <span className="row">
      <Icon name="passkey" />
      <b>{passkey.label}</b>
      {passkey.root && <Badge tone="seal">Root</Badge>}
      {!passkey.counts && <Badge tone="warn">Waits for another person’s signature</Badge>}
    </span>
  );
}

function Revoke({ passkey }: { readonly passkey: Passkey }): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const steppedUp = useStepUp();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      await steppedUp();
      await revokePasskey(passkey.id, csrf);
    },
    onSuccess: () => queryClient.invalidateQueries(),
  });
  if (passkey.root) return <span className="hint">stays</span>;
  return (
    <span className="row end">
      {error !== null && <span className="t12">{explain(error)}</span>}
      <Button
        size="xs"
        loading={isPending}
        onClick={() => {
          mutate();
        }}
      >
        Revoke
      </Button>
    </span>
  );
}

function Enrol({ first }: { readonly first: boolean }): ReactNode {
  const { csrf } = useMe();
  const [label, setLabel] = useState('');
  const queryClient = useQueryClient();
  const steppedUp = useStepUp();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      if (!first) await steppedUp();
      return enrolPasskey(label.trim(), csrf);
    },
    onSuccess: async () => {
      setLabel('');
      await queryClient.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Card title={first ? 'Enrol a passkey' : 'Enrol another'}>
      <CardBody>
        <form className="stack g3" onSubmit={submit}>
          <TextInput
            label="Name of the device or key"
            required
            withAsterisk={false}
            maxLength={60}
            value={label}
            onChange={(event) => {
              setLabel(event.currentTarget.value);
            }}
          />
          {error !== null && (
            <Note tone="danger" role="alert">
              {explain(error)}
            </Note>
          )}
          <div>
            <Button
              type="submit"
              variant="primary"
              loading={isPending}
              disabled={label.trim() === ''}
              leftSection={<Icon name="passkey" />}
            >
              Enrol passkey
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}
