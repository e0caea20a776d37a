import { Badge, DataTable, TimeAgo, formatBytes } from '@crashkeep/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { GrantBrief } from '../api/wire.js';
import { STATE_WORDS, minutesText, scopeText, shortId } from '../grant/words.js';

export function GrantTable({ grants }: { readonly grants: readonly GrantBrief[] }): ReactNode {
  return (
    <DataTable
      caption="Requests and grants"
      rows={grants}
      rowKey={({ id }) => id}
      columns={[
        { id: 'what', header: 'Request', cell: (grant) => <What grant={grant} /> },
        { id: 'who', header: 'Who', cell: ({ requester }) => requester.name },
        { id: 'state', header: 'State', cell: ({ state }) => <State state={state} /> },
        { id: 'bytes', header: 'Bytes', numeric: true, cell: ({ scope_bytes: bytes }) => formatBytes(bytes) },
        { id: 'time', header: 'Time', numeric: true, cell: ({ minutes }) => minutesText(minutes) },
        {
          id: 'when',
          header: 'Asked',
          numeric: true,
          cell: ({ created_at: at }) => <TimeAgo moment={Date.parse(at)} />,
        },
      ]}
    />
  );
}

function What({ grant }: { readonly grant: GrantBrief }): ReactNode {
  return (
    <span className="stack" style={{ gap: 0 }}>
      <Link to="/grants/$grantId" params={{ grantId: grant.id }} className="medium">
        {scopeText(grant.scope)}
      </Link>
      <span className="t12 muted">
        <span className="mono">{shortId(grant.id)}</span> for <span className="mono">{grant.ticket}</span>
      </span>
    </span>
  );
}

export function State({ state }: { readonly state: GrantBrief['state'] }): ReactNode {
  const { name, tone } = STATE_WORDS[state];
  return <Badge tone={tone}>{name}</Badge>;
}
