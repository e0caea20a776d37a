import {
  Badge,
  Card,
  DataTable,
  EmptyState,
  Note,
  PageHeader,
  QueryFailed,
  SkeletonRows,
  TimeAgo,
} from '@crashkeep/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { statementsQuery } from '../api/queries.js';
import type { SignedStatement } from '../api/wire.js';
import { SignButton } from './sign-button.js';
import { NEEDS, policyLines, statementWords } from './statement-words.js';

/** What every right on raw memory rests on. A row in the database is worth what is signed of it. */
export function SignaturesPage(): ReactNode {
  const { data, error, isPending, refetch } = useQuery(statementsQuery);
  const waiting = data?.filter(({ counts }) => !counts) ?? [];
  const mine = waiting.filter(({ may }) => may.sign);
  return (
    <div className="page">
      <title>Signatures · Reading room</title>
      <PageHeader
        title="Signatures"
        sub="Passkeys, roles, policies and devices count when somebody has signed for them"
      />
      <Note tone="seal" icon="lock">
        The keeper follows these signatures from the root passkey before each read. Whoever writes the database writes
        none of them.
      </Note>
      <Card
        title="Waits for a signature"
        end={mine.length > 1 && <SignButton statements={mine.map(({ id }) => id)}>Sign all {mine.length}</SignButton>}
      >
        {isPending && <SkeletonRows rows={3} />}
        {error !== null && <QueryFailed what="The list" error={error} onRetry={() => void refetch()} />}
        {data !== undefined && waiting.length === 0 && (
          <EmptyState title="Nothing waits">Every role, passkey and policy is signed by enough who may.</EmptyState>
        )}
        {waiting.length > 0 && <Statements caption="Waiting statements" rows={waiting} />}
      </Card>
      <Card title="Counts now">
        {data !== undefined && (
          <Statements caption="Statements that count" rows={data.filter(({ counts }) => counts)} />
        )}
      </Card>
    </div>
  );
}

function Statements({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly SignedStatement[];
}): ReactNode {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { id: 'what', header: 'What', cell: (row) => <Words row={row} /> },
        { id: 'signed', header: 'Signed by', cell: (row) => <Signers row={row} /> },
        {
          id: 'since',
          header: 'Since',
          numeric: true,
          cell: ({ proposed_at: at }) => <TimeAgo moment={Date.parse(at)} />,
        },
        {
          id: 'act',
          header: '',
          numeric: true,
          cell: ({ id, may }) =>
            may.sign && (
              <SignButton statements={[id]} size="xs">
                Sign
              </SignButton>
            ),
        },
      ]}
    />
  );
}

function Words({ row }: { readonly row: SignedStatement }): ReactNode {
  const lines = policyLines(row.statement);
  return (
    <span className="stack" style={{ gap: 2 }}>
      <b>{statementWords(row)}</b>
      {row.proposed_by !== null && <span className="t12 muted">put up by {row.proposed_by.name}</span>}
      {lines.length > 0 && (
        <details className="t12">
          <summary>What it says</summary>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </span>
  );
}

function Signers({ row }: { readonly row: SignedStatement }): ReactNode {
  return (
    <span className="stack" style={{ gap: 2 }}>
      <span className="row wrap">
        {row.signers.map(({ id, name }) => (
          <Badge key={id} tone="seal">
            {name}
          </Badge>
        ))}
        {row.signers.length === 0 && <span className="muted">nobody</span>}
      </span>
      {!row.counts && <span className="t12 muted">needs {NEEDS[row.statement.kind]}</span>}
    </span>
  );
}
