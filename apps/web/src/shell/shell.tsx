import { OfflineBanner } from '@crashkeep/ui';
import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactNode, Suspense, lazy, useEffect } from 'react';
import { PageWait } from './page-wait.js';
import classes from './shell.module.css';
import { SideBar } from './side-bar.js';
import { TopBar } from './top-bar.js';
import './page.css';
import './print.css';

const Palette = lazy(async () => ({ default: (await import('../palette/palette.js')).Palette }));

/** The frame of every page behind the sign-in: side bar, a drawer where narrow, and what the network is up to. */
export function Shell(): ReactNode {
  const [opened, { open, close }] = useDisclosure(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(close, [path, close]);
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#main">
        Skip to content
      </a>
      <header className={classes['side']}>
        <SideBar />
      </header>
      <Drawer.Root
        opened={opened}
        onClose={close}
        size={272}
        lockScroll={false}
        classNames={{ content: classes['drawer'] ?? '', overlay: 'ck-overlay' }}
      >
        <Drawer.Overlay />
        <Drawer.Content aria-label="Menu">
          <SideBar />
        </Drawer.Content>
      </Drawer.Root>
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
      <div className={classes['main']}>
        <TopBar onMenu={open} />
        <main className="page" id="main" tabIndex={-1}>
          <Offline />
          <Suspense fallback={<PageWait />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

function Offline(): ReactNode {
  const queryClient = useQueryClient();
  const newest = Math.max(
    0,
    ...queryClient
      .getQueryCache()
      .getAll()
      .map(({ state }) => state.dataUpdatedAt),
  );
  const retry = (): void => {
    void queryClient.invalidateQueries();
  };
  return <OfflineBanner dataFrom={newest === 0 ? null : newest} onRetry={retry} />;
}
