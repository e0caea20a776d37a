import { Card, Note, formatBytes, formatClock } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { Read, ReadPlace } from '../api/wire.js';
import classes from './read-history.module.css';

/** Every read and every refusal, newest first, each with its leaf. */
export function ReadHistory({ reads }: { readonly reads: readonly Read[] }): ReactNode {
  return (
    <Card title="Read history" note={`${String(reads.length)} leaves`}>
      <ol className={classes['history']}>
        {reads.map(({ leaf, at, refused, ranges, bytes }) => (
          <li key={leaf} data-refused={refused !== null}>
            <span className="row between">
              <b className="mono">{placeText(ranges[0])}</b>
              <span>{refused === null ? formatBytes(bytes) : 'refused'}</span>
            </span>
            <span className="row between muted">
              <span>{formatClock(Date.parse(at))}</span>
              <span className="mono">{leaf.slice(0, 8)}</span>
            </span>
            {refused !== null && <span className="mono t12">{refused}</span>}
          </li>
        ))}
      </ol>
      <div className={classes['note']}>
        <Note tone="seal" icon="shield-check">
          Each line is a leaf of the ledger, also the refused one.
        </Note>
      </div>
    </Card>
  );
}

/** Memory by its address, what is none by its place in the file. */
function placeText(range: ReadPlace | undefined): string {
  if (range === undefined) return '–';
  return 'address' in range ? range.address.slice(2) : `+${range.offset.toString(16)}`;
}
