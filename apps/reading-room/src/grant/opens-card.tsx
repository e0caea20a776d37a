import { Card, DataTable, formatBytes, formatCount } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { AddressRange, Grant, MemoryMap as Map } from '../api/wire.js';
import { MemoryMap } from '../map/memory-map.js';
import classes from './opens-card.module.css';

/** Exactly what would open: the ranges that were frozen when it was asked. */
export function OpensCard({ grant, map }: { readonly grant: Grant; readonly map: Map | null }): ReactNode {
  const opens = grant.state === 'requested' ? 'What would be readable' : 'What is readable under it';
  return (
    <Card title={opens} note={`${formatBytes(grant.scope_bytes)}, budget ${formatBytes(grant.bytes)}`}>
      {map !== null && (
        <div className={classes['map']}>
          <MemoryMap
            map={map}
            open={grant.ranges}
            openWord={grant.state === 'requested' ? 'Would open' : 'In this grant'}
          />
        </div>
      )}
      <DataTable
        caption="Ranges"
        fits
        rows={grant.ranges}
        rowKey={({ address }) => address}
        columns={[
          { id: 'part', header: 'Part', cell: (range) => partOf(range, map) },
          { id: 'range', header: 'Range', cell: (range) => <span className="mono t12">{rangeText(range)}</span> },
          { id: 'bytes', header: 'Bytes', numeric: true, cell: ({ length }) => formatCount(length) },
        ]}
      />
      <p className={`hint ${classes['screen'] ?? ''}`}>
        Nobody has looked for keys in these bytes: this vault has no screen yet.
      </p>
    </Card>
  );
}

function partOf({ address, length }: AddressRange, map: Map | null): string {
  const [start, end] = [BigInt(address), BigInt(address) + BigInt(length)];
  const thread = map?.threads.find(
    ({ stack }) =>
      stack !== null && BigInt(stack.address) <= start && end <= BigInt(stack.address) + BigInt(stack.size),
  );
  if (thread === undefined) return 'Memory';
  return `Stack of thread ${String(thread.index)}${thread.crashed ? ', crashed' : ''}`;
}

function rangeText({ address, length }: AddressRange): string {
  const end = BigInt(address) + BigInt(length);
  return `${address.slice(2)} – ${end.toString(16)}`;
}
