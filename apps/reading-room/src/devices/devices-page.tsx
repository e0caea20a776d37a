import {
  Badge,
  Card,
  DataTable,
  EmptyState,
  Note,
  PageHeader,
  QueryFailed,
  SkeletonRows,
  TimeAgo,
} from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { proposeHardened, revokeDevice, signStatements } from '../api/acts.js';
import { devicesQuery } from '../api/queries.js';
import type { Device } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { namedDevice, thisDevice } from '../device/this-device.js';
import { useMe, useProjects } from '../session/use-me.js';

/** Keys that reads are proved with: one in each browser, which cannot be taken out of it. */
export function DevicesPage(): ReactNode {
  const decides = useProjects().some(({ may }) => may.decide);
  const { roles } = useMe();
  const sees = decides || roles.some(({ role }) => role === 'admin' || role === 'auditor');
  return (
    <div className="page">
      <title>Devices · Reading room</title>
      <PageHeader
        title="Devices"
        sub="A grant is for one device: each read is proved by its key"
        actions={<NameThis />}
      />
      <Devices whose="mine" title="Yours" />
      {sees && <Devices whose="all" title="Everybody's" />}
    </div>
  );
}

function NameThis(): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const mine = useQuery(devicesQuery('mine'));
  const here = useQuery({ queryKey: ['this-device'], queryFn: async () => (await thisDevice()).thumbprint });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => namedDevice(csrf),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  if (mine.data?.some(({ thumbprint }) => thumbprint === here.data) !== false) return null;
  return (
    <span className="row">
      {error !== null && <span className="t12">{explain(error)}</span>}
      <Button
        loading={isPending}
        onClick={() => {
          mutate();
        }}
      >
        Name this browser
      </Button>
    </span>
  );
}

function Devices({ whose, title }: { readonly whose: 'mine' | 'all'; readonly title: string }): ReactNode {
  const { data, error, isPending, refetch } = useQuery(devicesQuery(whose));
  return (
    <Card title={title}>
      {isPending && <SkeletonRows rows={2} />}
      {error !== null && <QueryFailed what="The list" error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState title="No device yet">This browser is named when you first ask for memory.</EmptyState>
      )}
      {data !== undefined && data.length > 0 && (
        <DataTable
          caption={`Devices, ${title.toLowerCase()}`}
          rows={data}
          rowKey={({ thumbprint }) => thumbprint}
          columns={[
            { id: 'name', header: 'Device', cell: (device) => <Name device={device} whose={whose} /> },
            {
              id: 'key',
              header: 'Key',
              cell: ({ thumbprint }) => <span className="mono t12">{thumbprint.slice(0, 12)}</span>,
            },
            {
              id: 'since',
              header: 'Named',
              numeric: true,
              cell: ({ created_at: at }) => <TimeAgo moment={Date.parse(at)} />,
            },
            { id: 'act', header: '', numeric: true, cell: (device) => <Acts device={device} /> },
          ]}
        />
      )}
    </Card>
  );
}

function Name({ device, whose }: { readonly device: Device; readonly whose: 'mine' | 'all' }): ReactNode {
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span className="row wrap">
        <b>{device.label}</b>
        {device.hardened.length > 0 && <Badge tone="seal">Hardened</Badge>}
        {device.kind === 'cli' && <Badge tone="plain">Command line</Badge>}
      </span>
      {whose === 'all' && <span className="t12 muted">{device.person.name}</span>}
    </span>
  );
}

function Acts({ device }: { readonly device: Device }): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const done = { onSettled: () => queryClient.invalidateQueries() };
  const revoke = useMutation({ mutationFn: () => revokeDevice(device.thumbprint, csrf), ...done });
  const harden = useMutation({
    mutationFn: async () => {
      await proposeHardened(device.thumbprint, csrf);
      const all = await queryClient.query({ ...devicesQuery('all'), staleTime: 0 });
      const statement = all.find(({ thumbprint }) => thumbprint === device.thumbprint)?.statement ?? null;
      if (statement !== null) await signStatements([statement], csrf);
    },
    ...done,
  });
  const error = revoke.error ?? harden.error;
  return (
    <span className="row end wrap">
      {error !== null && (
        <Note tone="danger" role="alert">
          {explain(error)}
        </Note>
      )}
      {device.may.harden && device.hardened.length === 0 && (
        <Button
          size="xs"
          loading={harden.isPending}
          onClick={() => {
            harden.mutate();
          }}
        >
          Mark hardened
        </Button>
      )}
      {device.may.revoke && (
        <Button
          size="xs"
          loading={revoke.isPending}
          onClick={() => {
            revoke.mutate();
          }}
        >
          Revoke
        </Button>
      )}
    </span>
  );
}
