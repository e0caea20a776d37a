import { Badge, type Column, DataTable } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { Person } from '../api/wire.js';
import { RoleMenu } from './role-menu.js';

interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly project: string;
  readonly mayChange: boolean;
}

export function PeopleTable({ people, project, mayChange }: PeopleTableProps): ReactNode {
  const columns: readonly Column<Person>[] = [
    { id: 'person', header: 'Person', cell: (person) => <Name person={person} /> },
    {
      id: 'state',
      header: 'State',
      cell: ({ active }) =>
        active ? (
          <Badge tone="plain">Active</Badge>
        ) : (
          <Badge tone="info" icon="clock">
            Invited
          </Badge>
        ),
    },
    {
      id: 'role',
      header: 'Role here',
      numeric: true,
      cell: (person) => <RoleMenu person={person} project={project} mayChange={mayChange} />,
    },
  ];
  return <DataTable caption="People and their roles" columns={columns} rows={people} rowKey={({ id }) => id} fits />;
}

function Name({ person: { name, login } }: { readonly person: Person }): ReactNode {
  return (
    <>
      <span className="medium">{name}</span>
      <br />
      <span className="mono t12 muted">{login}</span>
    </>
  );
}
