import { Card, DataTable, formatBytes, formatCount } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { AddressRange, Grant, GrantRange, MemoryMap as Map } from '../api/wire.js';
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
            open={memoryOf(grant, map)}
            openWord={grant.state === 'requested' ? 'Would open' : 'In this grant'}
          />
        </div>
      )}
      <DataTable
        caption="Ranges"
        fits
        rows={grant.ranges}
        rowKey={({ address, part, offset }) => `${address ?? part ?? 'file'} ${String(offset)}`}
        columns={[
          { id: 'part', header: 'Part', cell: (range) => partOf(grant, range, map) },
          { id: 'range', header: 'Range', cell: (range) => <span className="mono t12">{rangeText(range)}</span> },
          { id: 'bytes', header: 'Bytes', numeric: true, cell: ({ length }) => formatCount(length) },
        ]}
      />
      <p className={`hint ${classes['screen'] ?? ''}`}>{SCREENED[grant.screened] ?? SCREENED['none']}</p>
    </Card>
  );
}

const SCREENED: Readonly<Record<string, string>> = {
  none: 'Nobody has looked for keys in these bytes.',
  partial: 'Only a part of these bytes was searched for keys.',
  clean: 'A complete screen found no key in this dump.',
  findings: 'The screen found keys in this dump: they stay masked.',
};

/** The whole file opens all the memory that it holds. */
function memoryOf({ scope, ranges }: Grant, map: Map): AddressRange[] {
  if (scope.kind === 'whole') return map.regions.map(({ address, size }) => ({ address, length: size }));
  return ranges.flatMap(({ address, length }) => (address === null ? [] : [{ address, length }]));
}

function partOf({ scope }: Grant, { address, length }: GrantRange, map: Map | null): string {
  if (scope.kind === 'registers') return 'Registers';
  if (scope.kind === 'annotations') return 'Annotations';
  if (address === null) return 'The whole file';
  const [start, end] = [BigInt(address), BigInt(address) + BigInt(length)];
  const thread = map?.threads.find(
    ({ stack }) =>
      stack !== null && BigInt(stack.address) <= start && end <= BigInt(stack.address) + BigInt(stack.size),
  );
  if (thread === undefined) return 'Memory';
  return `Stack of thread ${String(thread.index)}${thread.crashed ? ', crashed' : ''}`;
}

function rangeText({ address, offset, length }: GrantRange): string {
  if (address === null) return `+${offset.toString(16)} – +${(offset + length).toString(16)} in the file`;
  const end = BigInt(address) + BigInt(length);
  return `${address.slice(2)} – ${end.toString(16)}`;
}
