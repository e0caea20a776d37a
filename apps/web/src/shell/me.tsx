import { Icon, ThemeToggle } from '@crashkeep/ui';
import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signOut } from '../api/acts.js';
import { useMe } from '../session/use-me.js';
import classes from './me.module.css';
import { initialOf } from './top-bar.js';
import topBar from './top-bar.module.css';

/** Who is here, how it looks, and the way out. */
export function Me(): ReactNode {
  const { person, csrf } = useMe();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: signOut,
    onSettled: async () => {
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
  });
  return (
    <div className={classes['me']}>
      <span className={topBar['avatar']} aria-hidden="true">
        {initialOf(person.name)}
      </span>
      <span className="grow trunc">{person.name}</span>
      <Menu position="top-end" width={248}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label="Account and theme">
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Signed in as {person.login}</Menu.Label>
          <div className={classes['theme']}>
            <ThemeToggle />
          </div>
          <Menu.Divider />
          <Menu.Item
            leftSection={<Icon name="leave" />}
            onClick={() => {
              mutate(csrf);
            }}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
