import { Icon, OfflineBanner, SkeletonRows } from '@crashkeep/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { Bar } from './bar.js';
import classes from './shell.module.css';
import './page.css';

/** The frame of every page: a dark bar with a hatched edge, no side bar, and at the foot what happens to what you do. */
export function Shell(): ReactNode {
  return (
    <div className={classes['room']}>
      <a className={classes['skip']} href="#main">
        Skip to content
      </a>
      <Bar />
      <main className={classes['main']} id="main" tabIndex={-1}>
        <Offline />
        <Suspense
          fallback={
            <div className="page">
              <SkeletonRows />
            </div>
          }
        >
          <Outlet />
        </Suspense>
      </main>
      <footer className={classes['foot']}>
        <Icon name="lock" size={14} />
        <span>What you do here is written to the ledger, before it takes effect.</span>
      </footer>
    </div>
  );
}

function Offline(): ReactNode {
  const queryClient = useQueryClient();
  const retry = (): void => {
    void queryClient.invalidateQueries();
  };
  return <OfflineBanner dataFrom={null} onRetry={retry} />;
}
