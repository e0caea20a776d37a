import { Icon } from '@crashkeep/ui';
import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { setRoles, signStatements } from '../api/acts.js';
import { peopleQuery } from '../api/queries.js';
import type { RoleIn, RoomPerson } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { useMe, useProjects } from '../session/use-me.js';
import { useStepUp } from './use-step-up.js';

const ROLES = ['security', 'auditor', 'admin'] as const;

/** Gives and takes the room's roles; each change is a leaf. */
export function RoleMenu({ person }: { readonly person: RoomPerson }): ReactNode {
  const { csrf } = useMe();
  const projects = useProjects();
  const queryClient = useQueryClient();
  const steppedUp = useStepUp();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (roles: readonly RoleIn[]) => {
      await steppedUp();
      const { waiting } = await setRoles(person.id, roles, csrf);
      const fresh = waiting.filter((id) => !person.waiting.includes(id));
      if (fresh.length > 0) await signStatements(fresh, csrf);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  const choices = [
    ...projects.flatMap(({ id }) => ROLES.map((role): RoleIn => ({ project: id, role }))),
    { project: '*', role: 'admin' },
  ];
  const has = (one: RoleIn): boolean =>
    person.roles.some(({ project, role }) => project === one.project && role === one.role);
  const toggle = (one: RoleIn): void => {
    const held = person.roles.map(({ project, role }) => ({ project, role }));
    const rest = held.filter(({ project, role }) => project !== one.project || role !== one.role);
    mutate(rest.length === person.roles.length ? [...rest, one] : rest);
  };
  return (
    <span className="row end">
      {error !== null && (
        <span className="t12" role="alert">
          {explain(error)}
        </span>
      )}
      <Menu position="bottom-end" width={260} closeOnItemClick={false}>
        <Menu.Target>
          <ActionIcon aria-label={`Roles of ${person.name}`} loading={isPending}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Roles of {person.name}</Menu.Label>
          {choices.map((one) => (
            <Menu.Item
              key={`${one.project} ${one.role}`}
              leftSection={has(one) ? <Icon name="check" /> : <span style={{ width: 16 }} />}
              onClick={() => {
                toggle(one);
              }}
            >
              {one.role}, {one.project === '*' ? 'every project' : one.project}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
