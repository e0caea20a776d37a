import { Icon, ThemeToggle } from '@crashkeep/ui';
import { ActionIcon, Button, Popover } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signOut } from '../api/acts.js';
import { useMe } from '../session/use-me.js';
import { Avatar } from './avatar.js';
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
      <Avatar name={person.name} />
      <span className="grow trunc">{person.name}</span>
      <Popover position="top-end" width={248} trapFocus>
        <Popover.Target>
          <ActionIcon size="sm" aria-label="Account and theme">
            <Icon name="more" />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label="Account and theme">
          <div className={classes['panel']}>
            <p className="hint">
              Signed in as <span className="mono">{person.login}</span>
            </p>
            <ThemeToggle />
            <Button
              variant="ghost"
              justify="start"
              leftSection={<Icon name="leave" />}
              onClick={() => {
                mutate(csrf);
              }}
            >
              Sign out
            </Button>
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
