import { Icon, Logo } from '@crashkeep/ui';
import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '../session/use-me.js';
import { Avatar } from './avatar.js';
import classes from './top-bar.module.css';
import { useProject } from './use-project.js';

/** Below 960 px: the menu, where we are, who we are. */
export function TopBar({ onMenu }: { readonly onMenu: () => void }): ReactNode {
  const { name } = useProject();
  const { person } = useMe();
  return (
    <header className={classes['bar']}>
      <ActionIcon onClick={onMenu} aria-label="Menu">
        <Icon name="menu" />
      </ActionIcon>
      <Link className={classes['brand']} to="/">
        <Logo />
        <span className="trunc">{name}</span>
      </Link>
      <Avatar name={person.name} />
    </header>
  );
}
