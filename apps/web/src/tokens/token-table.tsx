import { Badge, type Column, DataTable, TimeAgo, formatDay, useNow } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { ApiToken, Instant } from '../api/wire.js';
import { RevokeButton } from './revoke-button.js';
import { TOKEN_WORDS } from './token-words.js';

interface TokenTableProps {
  readonly caption: string;
  readonly tokens: readonly ApiToken[];
  readonly mayRevoke: boolean;
}

const COLUMNS: readonly Column<ApiToken>[] = [
  { id: 'label', header: 'Token', cell: (token) => <Name token={token} /> },
  {
    id: 'class',
    header: 'May',
    cell: ({ class: kind }) => <Badge tone={kind === 'read' ? 'info' : 'plain'}>{TOKEN_WORDS[kind].name}</Badge>,
  },
  { id: 'made', header: 'Made', cell: ({ created_at: made }) => <Day instant={made} /> },
];

const LAST_USE: Column<ApiToken> = {
  id: 'used',
  header: 'Last use',
  cell: ({ last_used_at: used }) =>
    used === null ? <span className="muted">never</span> : <TimeAgo moment={momentOf(used)} sentence />,
};

const REVOKE: Column<ApiToken> = {
  id: 'act',
  header: <span className="sr">Act</span>,
  numeric: true,
  cell: (token) => <RevokeButton token={token} />,
};

export function TokenTable({ caption, tokens, mayRevoke }: TokenTableProps): ReactNode {
  const columns = [...COLUMNS, LAST_USE, ...(mayRevoke ? [REVOKE] : [])];
  return <DataTable caption={caption} columns={columns} rows={tokens} rowKey={({ id }) => id} />;
}

function Name({ token: { label, class: kind } }: { readonly token: ApiToken }): ReactNode {
  return (
    <>
      <span className="medium">{label === '' ? 'Without a name' : label}</span>
      <br />
      <span className="mono t12 muted">{TOKEN_WORDS[kind].prefix}…</span>
    </>
  );
}

function Day({ instant }: { readonly instant: Instant }): ReactNode {
  return <span className="soft nowrap">{formatDay(momentOf(instant), useNow())}</span>;
}
