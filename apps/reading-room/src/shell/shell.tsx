import { Icon, Note, OfflineBanner, SkeletonRows } from '@crashkeep/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { useMe } from '../session/use-me.js';
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
        <WaitingRoles />
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

/** A role that was given and that nobody has signed: whoever has it should know what it waits for. */
function WaitingRoles(): ReactNode {
  const { waiting_roles: waiting } = useMe();
  if (waiting.length === 0) return null;
  const names = [...new Set(waiting.map(({ role }) => role))].join(' and ');
  return (
    <div className="page">
      <Note tone="warn">
        You were made {names}, and nobody has signed that yet: it counts for nothing. Enrol a passkey, then ask an
        administrator and another security person to sign on the page Signatures.
      </Note>
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
