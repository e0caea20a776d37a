import { Icon } from '@crashkeep/ui';
import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { changeGroup } from '../api/acts.js';
import { peopleQuery } from '../api/queries.js';
import type { SignatureFacts } from '../api/wire.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { useGroupAct } from './use-group-act.js';

/** Whose it is: oneself first. */
export function OwnerMenu({ group }: { readonly group: SignatureFacts }): ReactNode {
  const me = useMe();
  const people = useQuery(peopleQuery);
  const { mutate, isPending } = useGroupAct(group.id, (owner: string | null, csrf) =>
    changeGroup(group.id, { owner }, csrf),
  );
  if (!isEngineer(me, group.project)) return null;
  const others = people.data?.filter(({ id, active }) => active && id !== me.person.id) ?? [];
  return (
    <Menu>
      <Menu.Target>
        <Button loading={isPending} rightSection={<Icon name="down" size={14} />}>
          {group.owner === null ? 'No owner' : group.owner.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => {
            mutate(me.person.id);
          }}
        >
          Me
        </Menu.Item>
        {others.map(({ id, name }) => (
          <Menu.Item
            key={id}
            onClick={() => {
              mutate(id);
            }}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          onClick={() => {
            mutate(null);
          }}
        >
          Nobody
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
