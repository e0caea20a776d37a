import type { ReactNode } from 'react';
import classes from './skeleton.module.css';
import { useAfter } from './use-after.js';

/** What answers within 200 ms shows no skeleton: it would only flicker. */
const PATIENCE_MS = 200;

interface SkeletonRowsProps {
  readonly rows?: number;
  /** Height of a real row in px, so that nothing jumps when it comes. */
  readonly rowHeight?: number;
}

/** Rows that are on their way. */
export function SkeletonRows({ rows = 8, rowHeight = 62 }: SkeletonRowsProps): ReactNode {
  const shown = useAfter(PATIENCE_MS);
  return (
    <div className={classes['rows']} aria-busy="true" data-shown={shown}>
      <span className="sr" role="status">
        {shown ? 'Loading' : ''}
      </span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} style={{ height: rowHeight }}>
          <span style={{ width: `${String(84 - ((index * 37) % 46))}%` }} />
          {rowHeight > 44 && <span style={{ width: `${String(40 - ((index * 17) % 18))}%` }} />}
        </div>
      ))}
    </div>
  );
}

/** Lines of text that are on their way. */
export function SkeletonLines({ lines = 3 }: { readonly lines?: number }): ReactNode {
  return <SkeletonRows rows={lines} rowHeight={28} />;
}
