import { Badge, Card, CardBody, type Column, DataTable, formatCount } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CouldRead, Exposure } from '../api/wire.js';
import { instantWords } from './did-read-card.js';

/** Grants whose ranges held bytes of it, whether they were read or not. */
export function CouldReadCard({ exposure }: { readonly exposure: Exposure }): ReactNode {
  const { could } = exposure;
  return (
    <Card title="Who could have read" note="Grants whose ranges held bytes of it">
      {could.length === 0 ? (
        <CardBody>
          <p className="t13 soft">No grant that was opened held a byte of it.</p>
        </CardBody>
      ) : (
        <DataTable caption="Grants" columns={columnsFor(exposure)} rows={could} rowKey={({ grant }) => grant} />
      )}
    </Card>
  );
}

function columnsFor({ people, did }: Exposure): readonly Column<CouldRead>[] {
  const shown = new Map<string, number>();
  for (const { grant, of_secret: bytes } of did) shown.set(grant, (shown.get(grant) ?? 0) + bytes);
  return [
    { id: 'who', header: 'Who', cell: ({ person }) => people[person] ?? 'Somebody' },
    {
      id: 'by',
      header: 'By',
      cell: ({ grant, bytes }) => (
        <>
          Grant{' '}
          <Link className="mono" to="/grants/$grantId" params={{ grantId: grant }}>
            {grant.slice(0, 4)}
          </Link>
          <span className="muted">, {formatCount(bytes)} bytes of it</span>
        </>
      ),
    },
    {
      id: 'span',
      header: 'From, until',
      cell: ({ from, until }) => (
        <span className="soft">
          {instantWords(from)} – {instantWords(until).slice(11)}
        </span>
      ),
    },
    { id: 'did', header: 'Did they', cell: ({ grant }) => <Did bytes={shown.get(grant) ?? 0} /> },
  ];
}

function Did({ bytes }: { readonly bytes: number }): ReactNode {
  return bytes > 0 ? (
    <Badge tone="danger">{formatCount(bytes)} bytes shown</Badge>
  ) : (
    <Badge tone="ok" icon="check">
      No
    </Badge>
  );
}
