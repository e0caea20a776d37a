import {
  Badge,
  ButtonLink,
  Card,
  DataTable,
  EmptyState,
  Icon,
  Note,
  PageHeader,
  QueryFailed,
  SkeletonRows,
} from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { peopleQuery } from '../api/queries.js';
import type { RoomPerson } from '../api/wire.js';
import { InviteDialog } from './invite-dialog.js';
import { RoleMenu } from './role-menu.js';

/** Who decides, who audits, who manages. Viewers and engineers are the console's business. */
export function PeoplePage(): ReactNode {
  const { data, error, isPending, refetch } = useQuery(peopleQuery);
  const [inviting, { open, close }] = useDisclosure(false);
  return (
    <div className="page">
      <title>People · Reading room</title>
      <PageHeader
        title="People"
        sub="Who decides on raw memory, who audits, who manages"
        actions={
          <Button variant="primary" leftSection={<Icon name="plus" />} onClick={open}>
            Invite someone
          </Button>
        }
      />
      <Note tone="seal" icon="lock">
        Who is security in a project cannot ask for memory there. A role counts when it is signed: by root, or by two
        others.
      </Note>
      <WaitingNote people={data ?? []} />
      <Card label="People">
        {isPending && <SkeletonRows rows={3} />}
        {error !== null && <QueryFailed what="The list" error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && (
          <EmptyState title="Nobody is here yet">Two people are needed before raw memory can be read.</EmptyState>
        )}
        {data !== undefined && data.length > 0 && (
          <DataTable
            caption="People"
            rows={data}
            rowKey={({ id }) => id}
            columns={[
              { id: 'who', header: 'Who', cell: (person) => <Who person={person} /> },
              { id: 'roles', header: 'Roles', cell: ({ roles }) => <Roles roles={roles} /> },
              {
                id: 'passkeys',
                header: 'Passkeys',
                numeric: true,
                cell: ({ passkeys }) => (passkeys === 0 ? <Badge tone="warn">None</Badge> : passkeys),
              },
              { id: 'act', header: '', numeric: true, width: '56px', cell: (person) => <RoleMenu person={person} /> },
            ]}
          />
        )}
      </Card>
      <InviteDialog opened={inviting} onClose={close} />
    </div>
  );
}

function Who({ person }: { readonly person: RoomPerson }): ReactNode {
  return (
    <span className="stack" style={{ gap: 0 }}>
      <span className="row">
        <b>{person.name}</b>
        {!person.joined && <Badge tone="info">Invited</Badge>}
        {person.root && <Badge tone="seal">Root</Badge>}
        {person.disabled && <Badge tone="danger">Disabled</Badge>}
      </span>
      <span className="t12 muted">{person.login}</span>
    </span>
  );
}

function Roles({ roles }: Pick<RoomPerson, 'roles'>): ReactNode {
  if (roles.length === 0) return <span className="muted">none here</span>;
  return (
    <span className="row wrap">
      {roles.map(({ project, role, counts }) => (
        <Badge key={`${project} ${role}`} tone={counts ? 'plain' : 'warn'}>
          {project === '*' ? role : `${role}, ${project}`}
          {!counts && ', waits for a signature'}
        </Badge>
      ))}
    </span>
  );
}

/** Also what an older version of the vault wrote as rows alone: it counts for nothing until it is signed. */
function WaitingNote({ people }: { readonly people: readonly RoomPerson[] }): ReactNode {
  const waiting = people.reduce((sum, person) => sum + person.waiting.length, 0);
  if (waiting === 0) return null;
  return (
    <Note tone="warn">
      {waiting === 1 ? 'One role or passkey counts' : `${String(waiting)} roles and passkeys count`} for nothing until
      somebody signs. <ButtonLink to="/signatures">See what waits</ButtonLink>
    </Note>
  );
}
