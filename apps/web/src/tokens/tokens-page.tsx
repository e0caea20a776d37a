import { Card, EmptyState, Icon, PageHeader, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { tokensQuery } from '../api/queries.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { useProject } from '../shell/use-project.js';
import { NewTokenDialog } from './new-token-dialog.js';
import { TokenTable } from './token-table.js';

/** What machines may do in this project, and when they last did. */
export function TokensPage(): ReactNode {
  const me = useMe();
  const project = useProject();
  const query = useQuery(tokensQuery(project.id));
  const [making, { open, close }] = useDisclosure(false);
  const mayMake = isEngineer(me, project.id);
  const live = query.data?.filter(({ revoked_at: revoked }) => revoked === null) ?? [];
  const revoked = query.data?.filter((token) => token.revoked_at !== null) ?? [];
  return (
    <>
      <title>{`Tokens · ${project.name} · Crashkeep`}</title>
      <PageHeader
        title="Tokens"
        sub={
          <span>
            What machines may do in {project.name}. To set up a crash handler, <Link to="/send">send crashes</Link>{' '}
            walks you through.
          </span>
        }
        actions={
          mayMake && (
            <Button variant="primary" leftSection={<Icon name="plus" />} onClick={open}>
              Make a token
            </Button>
          )
        }
      />
      <Card label="Tokens">
        {query.isPending && <SkeletonRows rows={4} rowHeight={57} />}
        {query.isError && <QueryFailed what="The list" error={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && live.length === 0 && (
          <EmptyState title="No token yet">
            A crash handler needs one of the kind “send crashes” before ingest takes its dumps.
          </EmptyState>
        )}
        {live.length > 0 && <TokenTable caption="Tokens in use" tokens={live} mayRevoke={mayMake} />}
      </Card>
      {revoked.length > 0 && (
        <Card title="Revoked" note={String(revoked.length)}>
          <TokenTable caption="Revoked tokens" tokens={revoked} mayRevoke={false} />
        </Card>
      )}
      <NewTokenDialog opened={making} onClose={close} project={project} />
    </>
  );
}
