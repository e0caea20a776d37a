import { Card, CardBody, type Column, DataTable, formatCount } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DidRead, Exposure } from '../api/wire.js';

/** Every read of the dumps that hold it, from the ledger; those that showed bytes of it stand out. */
export function DidReadCard({ exposure: { did, people } }: { readonly exposure: Exposure }): ReactNode {
  return (
    <Card title="Who did read" note="Every read of its dumps, from the ledger">
      {did.length === 0 ? (
        <CardBody>
          <p className="t13 soft">Nobody read any byte of these dumps.</p>
        </CardBody>
      ) : (
        <DataTable
          caption="Reads"
          columns={columnsFor(people)}
          rows={did}
          rowKey={({ leaf }) => leaf}
          isCurrent={({ of_secret: bytes }) => bytes > 0}
        />
      )}
    </Card>
  );
}

const columnsFor = (people: Exposure['people']): readonly Column<DidRead>[] => [
  { id: 'when', header: 'When', cell: ({ at }) => <span className="nowrap">{instantWords(at)}</span> },
  {
    id: 'who',
    header: 'Who, device',
    cell: ({ person, device }) => (
      <>
        {people[person] ?? 'Somebody'}
        {device !== null && <span className="mono t12 muted"> {device.slice(0, 8)}</span>}
      </>
    ),
  },
  {
    id: 'grant',
    header: 'Grant',
    cell: ({ grant }) => (
      <Link className="mono" to="/grants/$grantId" params={{ grantId: grant }}>
        {grant.slice(0, 4)}
      </Link>
    ),
  },
  {
    id: 'range',
    header: 'Range in the dump',
    cell: ({ ranges }) => <span className="mono t12">{rangeWords(ranges)}</span>,
  },
  { id: 'bytes', header: 'Bytes', numeric: true, cell: ({ bytes }) => formatCount(bytes) },
  {
    id: 'key',
    header: 'Of the secret',
    numeric: true,
    cell: ({ of_secret: bytes, hidden }) =>
      bytes > 0 ? <b>{formatCount(bytes)}</b> : <span className="muted">{hidden > 0 ? 'masked' : '0'}</span>,
  },
  {
    id: 'leaf',
    header: 'Leaf',
    numeric: true,
    cell: ({ index }) => <span className="mono t12">{index === null ? 'not numbered yet' : formatCount(index)}</span>,
  },
];

export const instantWords = (instant: string): string => instant.slice(0, 19).replace('T', ' ');

function rangeWords(ranges: DidRead['ranges']): string {
  const [first, ...others] = ranges;
  if (first === undefined) return '–';
  const text = `${hex(first.offset)} – ${hex(first.offset + first.length)}`;
  return others.length === 0 ? text : `${text} +${String(others.length)}`;
}

const hex = (offset: number): string => `0x${offset.toString(16)}`;
