import type { ReactNode } from 'react';
import { formatAgo, formatMoment, formatWhen } from '../format/moment.js';
import { useNow } from './use-now.js';

interface TimeAgoProps {
  /** Milliseconds since 1970. */
  readonly moment: number;
  /** In a sentence: `2 min ago`, `just now`. Alone, in a column: `2 min`, `now`. */
  readonly sentence?: boolean;
}

/** How long ago; the exact moment on hover. */
export function TimeAgo({ moment, sentence = false }: TimeAgoProps): ReactNode {
  const now = useNow();
  return (
    <time dateTime={new Date(moment).toISOString()} title={formatMoment(moment, now)}>
      {sentence ? formatWhen(moment, now) : formatAgo(moment, now)}
    </time>
  );
}
