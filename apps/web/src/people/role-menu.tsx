import { Icon, explainError } from '@crashkeep/ui';
import { Button, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PROJECT_ROLES, changeRoles } from '../api/acts.js';
import { peopleQuery } from '../api/queries.js';
import type { Person, ProjectRole } from '../api/wire.js';
import { useMe } from '../session/use-me.js';
import { ROLE_WORDS, roleIn, withRole } from './roles.js';

interface RoleMenuProps {
  readonly person: Person;
  readonly project: string;
  readonly mayChange: boolean;
}

/** A person's role in this project, and the way to another one. */
export function RoleMenu({ person, project, mayChange }: RoleMenuProps): ReactNode {
  const { csrf, person: me } = useMe();
  const queryClient = useQueryClient();
  const role = roleIn(person.roles, project);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (next: ProjectRole | null) => changeRoles(person.id, withRole(person.roles, project, next), csrf),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  const word = role === null ? 'None here' : ROLE_WORDS[role].name;
  // Nobody takes their own rights away by a slip: another person does that.
  if (!mayChange || person.id === me.id)
    return <span className="soft">{person.id === me.id ? `${word}, you` : word}</span>;
  return (
    <span className="stack g1">
      <Menu>
        <Menu.Target>
          <Button size="xs" loading={isPending} rightSection={<Icon name="down" size={14} />} ml="auto">
            {word}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {PROJECT_ROLES.map((choice) => (
            <Menu.Item
              key={choice}
              aria-current={choice === role ? 'true' : undefined}
              onClick={() => {
                mutate(choice);
              }}
            >
              {ROLE_WORDS[choice].name} <span className="muted t12">{ROLE_WORDS[choice].may}</span>
            </Menu.Item>
          ))}
          {role !== null && (
            <>
              <Menu.Divider />
              <Menu.Item
                data-danger
                onClick={() => {
                  mutate(null);
                }}
              >
                Remove from this project
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {error !== null && (
        <span className="t12" role="alert">
          {explainError(error).why}
        </span>
      )}
    </span>
  );
}
