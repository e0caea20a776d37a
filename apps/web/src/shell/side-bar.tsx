import { Door, Icon, type IconName, Logo } from '@crashkeep/ui';
import { UnstyledButton } from '@mantine/core';
import { Link, type LinkProps, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Me } from './me.js';
import { ProjectSwitch } from './project-switch.js';
import classes from './side-bar.module.css';
import { usePlaces } from './use-places.js';

interface Entry {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  readonly label: string;
}

const READING: readonly Entry[] = [
  { to: '/', icon: 'list', label: 'Top crashers' },
  { to: '/reports', icon: 'search', label: 'Reports' },
  { to: '/alerts', icon: 'alert', label: 'Alerts' },
  { to: '/send', icon: 'inbox', label: 'Send crashes' },
  { to: '/dictionary', icon: 'book', label: 'Data dictionary' },
];

const KEEPING: readonly Entry[] = [
  { to: '/tokens', icon: 'key', label: 'Tokens' },
  { to: '/people', icon: 'people', label: 'People' },
];

export function SideBar(): ReactNode {
  const { room } = usePlaces();
  return (
    <div className={classes['bar']}>
      <Link className={classes['brand']} to="/">
        <Logo />
        Crashkeep
      </Link>
      <ProjectSwitch />
      <GoTo />
      <Entries label="Crashes" entries={READING} />
      <Entries label="Administration" entries={KEEPING} />
      <div className={classes['foot']}>
        <Door href={room} title="Reading room">
          Raw memory, by grant. Another person approves, and each read is recorded.
        </Door>
        <Me />
      </div>
    </div>
  );
}

/** Opens the palette, which most people reach by its keys. */
function GoTo(): ReactNode {
  return (
    <UnstyledButton
      className={classes['goTo']}
      onClick={() =>
        void import('@mantine/spotlight').then(({ spotlight }) => {
          spotlight.open();
        })
      }
    >
      <Icon name="search" />
      <span className="grow">Go to</span>
      <kbd>Ctrl K</kbd>
    </UnstyledButton>
  );
}

function Entries({ label, entries }: { readonly label: string; readonly entries: readonly Entry[] }): ReactNode {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <nav className={classes['nav']} aria-label={label}>
      {entries.map(({ to, icon, label: name }) => (
        <Link key={name} to={to} aria-current={isHere(to, path) ? 'page' : undefined}>
          <Icon name={icon} />
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** A signature's page is part of the top crashers. */
function isHere(to: string, path: string): boolean {
  return to === '/' ? path === '/' || path.startsWith('/groups/') : path === to || path.startsWith(`${to}/`);
}
