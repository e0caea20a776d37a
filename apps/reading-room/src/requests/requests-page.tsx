import { ButtonLink, Card, EmptyState, PageHeader, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type GrantView, grantsQuery } from '../api/queries.js';
import { useProjects } from '../session/use-me.js';
import { GrantTable } from './grant-table.js';

const route = getRouteApi('/shell/');

const WORDS: Readonly<Record<GrantView, { readonly name: string; readonly none: string }>> = {
  'to-decide': { name: 'For you to decide', none: 'Nothing waits for you. A new request appears here by itself.' },
  mine: {
    name: 'Yours',
    none: 'You have not asked for raw memory. A report on the console links here when you need it.',
  },
  all: { name: 'All', none: 'Nobody has asked for raw memory in your projects.' },
};

/** Requests and grants: what waits for a decision first. */
export function RequestsPage(): ReactNode {
  const projects = useProjects();
  const decides = projects.some(({ may }) => may.decide);
  const asks = projects.some(({ may }) => may.request);
  const view = route.useSearch().view ?? (decides ? 'to-decide' : 'mine');
  const navigate = useNavigate();
  const views: GrantView[] = [
    ...(decides ? (['to-decide'] as const) : []),
    ...(asks ? (['mine'] as const) : []),
    'all',
  ];
  return (
    <div className="page">
      <title>Requests · Reading room</title>
      <PageHeader
        title="Requests"
        sub="Who asks for which bytes, why, and what became of it"
        actions={
          asks && (
            <ButtonLink to="/request" variant="primary">
              Ask for raw memory
            </ButtonLink>
          )
        }
      />
      <div>
        <SegmentedControl
          aria-label="Which requests"
          value={view}
          onChange={(chosen) => void navigate({ to: '/', search: { view: chosen } })}
          data={views.map((value) => ({ value, label: WORDS[value].name }))}
        />
      </div>
      <Grants view={view} />
    </div>
  );
}

function Grants({ view }: { readonly view: GrantView }): ReactNode {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    grantsQuery(view),
  );
  const grants = data?.pages.flatMap((page) => page.grants) ?? [];
  return (
    <Card label={WORDS[view].name}>
      {isPending && <SkeletonRows rows={4} />}
      {error !== null && <QueryFailed what="The list" error={error} onRetry={() => void refetch()} />}
      {data !== undefined && grants.length === 0 && <EmptyState title="Nothing here">{WORDS[view].none}</EmptyState>}
      {grants.length > 0 && <GrantTable grants={grants} />}
      {hasNextPage && (
        <div className="row" style={{ padding: 'var(--s-3) var(--s-4)' }}>
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}
