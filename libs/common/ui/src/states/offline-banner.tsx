import { Button } from '@mantine/core';
import { type ReactNode, useSyncExternalStore } from 'react';
import { formatShortClock } from '../format/moment.js';
import { Icon } from '../icon/icon.js';
import classes from './offline-banner.module.css';

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener('online', listener);
  globalThis.addEventListener('offline', listener);
  return () => {
    globalThis.removeEventListener('online', listener);
    globalThis.removeEventListener('offline', listener);
  };
}

interface OfflineBannerProps {
  /** When what is on the page was fetched, ms since 1970; null where nothing was. */
  readonly dataFrom: number | null;
  readonly onRetry: () => void;
}

/** Shown while the browser says that it has no network. */
export function OfflineBanner({ dataFrom, onRetry }: OfflineBannerProps): ReactNode {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (online) return null;
  return (
    <div className={classes['banner']} role="status">
      <Icon name="alert" />
      <span>
        <b>You are offline.</b> {dataFrom !== null && `What you see is from ${formatShortClock(dataFrom)}. `}It
        refreshes when you are back.
      </span>
      <Button size="xs" onClick={onRetry}>
        Try now
      </Button>
    </div>
  );
}
