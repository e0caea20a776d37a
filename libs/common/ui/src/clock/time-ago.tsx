import type { ReactNode } from 'react';
import { formatAgo, formatMoment } from '../format/moment.js';
import { useNow } from './use-now.js';

/** How long ago; the exact moment on hover. Milliseconds since 1970. */
export function TimeAgo({ moment }: { readonly moment: number }): ReactNode {
  const now = useNow();
  return (
    <time dateTime={new Date(moment).toISOString()} title={formatMoment(moment, now)}>
      {formatAgo(moment, now)}
    </time>
  );
}
