import { Icon, ThemeToggle } from '@crashkeep/ui';
import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signOut } from '../api/acts.js';
import { useMe } from '../session/use-me.js';
import classes from './me.module.css';

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
      <span className={classes['avatar']} aria-hidden="true">
        {person.name.slice(0, 1).toUpperCase()}
      </span>
      <b className="trunc only-wide">{person.name}</b>
      <Menu position="bottom-end" width={248}>
        <Menu.Target>
          <ActionIcon size="sm" variant="transparent" className={classes['more']} aria-label="Account and theme">
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
