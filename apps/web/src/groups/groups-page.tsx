import { Card, PageHeader, QueryFailed, formatCounted } from '@crashkeep/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { groupsQuery } from '../api/queries.js';
import { useProject } from '../shell/use-project.js';
import { GroupList } from './group-list.js';
import { GroupsEmpty } from './groups-empty.js';
import { GroupsToolbar } from './groups-toolbar.js';
import { SkeletonList } from './skeleton-list.js';
import { TrendCard } from './trend-card.js';
import { useRowKeys } from './use-row-keys.js';

const route = getRouteApi('/shell/');

/** Top crashers: count, movement and mark in one sweep, the name never cut. */
export function GroupsPage(): ReactNode {
  const { q = '', sort = 'count' } = route.useSearch();
  const project = useProject();
  const navigate = useNavigate();
  const query = useInfiniteQuery(groupsQuery({ project: project.id, q, sort }));
  const groups = query.data?.pages.flatMap((page) => page.groups) ?? [];
  const [pointed, setPointed] = useState<number | null>(null);
  const { current } = useRowKeys(groups.length, (row) => {
    const group = groups[row];
    if (group !== undefined) void navigate({ to: '/groups/$groupId', params: { groupId: group.id } });
  });
  const reports = groups.reduce((sum, { count }) => sum + count, 0);
  const more = query.hasNextPage ? ' and more' : '';
  return (
    <>
      <title>{`Top crashers · ${project.name} · Crashkeep`}</title>
      <PageHeader
        title="Top crashers"
        sub={
          query.isSuccess && groups.length > 0
            ? `${formatCounted(groups.length, 'signature')}${more}, ${formatCounted(reports, 'report')} in ${project.name}`
            : project.name
        }
      />
      <GroupsToolbar q={q} sort={sort} />
      {groups.length > 0 && <TrendCard groups={groups} selected={groups[pointed ?? current ?? 0] ?? null} />}
      <Card label="Signatures">
        {query.isPending && <SkeletonList />}
        {query.isError && groups.length === 0 && (
          <QueryFailed
            what="The list"
            error={query.error}
            kept="Your search is kept."
            onRetry={() => void query.refetch()}
          />
        )}
        {query.isSuccess && groups.length === 0 && <GroupsEmpty q={q} />}
        {groups.length > 0 && (
          <GroupList query={query} groups={groups} q={q} sort={sort} current={current} onPoint={setPointed} />
        )}
      </Card>
    </>
  );
}
