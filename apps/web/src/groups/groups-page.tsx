import { Card, PageHeader, QueryFailed, formatCount, formatCounted } from '@crashkeep/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { topQuery } from '../api/search-queries.js';
import { FacetRail } from '../search/facet-rail.js';
import { ListLayout } from '../search/list-layout.js';
import { QueryField } from '../search/query-field.js';
import { SavedViews } from '../search/saved-views.js';
import { DAYS_USUAL, listSearch } from '../search/search-state.js';
import { TimeChoice } from '../search/time-choice.js';
import { useProject } from '../shell/use-project.js';
import { DaysCard } from './days-card.js';
import { GroupList } from './group-list.js';
import { GroupsEmpty } from './groups-empty.js';
import { SkeletonList } from './skeleton-list.js';
import { useRowKeys } from './use-row-keys.js';

const route = getRouteApi('/shell/');

/** Top crashers: count, movement and mark in one sweep, the name never cut. */
export function GroupsPage(): ReactNode {
  const { q = '', days = DAYS_USUAL } = route.useSearch();
  const project = useProject();
  const navigate = useNavigate();
  const asked = { project: project.id, q, days };
  const query = useInfiniteQuery(topQuery(asked));
  const crashers = query.data?.pages.flatMap((page) => page.crashers) ?? [];
  const { current } = useRowKeys(crashers.length, (row) => {
    const crasher = crashers[row];
    if (crasher !== undefined) void navigate({ to: '/groups/$groupId', params: { groupId: crasher.id } });
  });
  const show = (words: string, time: number): void => {
    void navigate({ to: '/', search: listSearch(words, time) });
  };
  const search = (words: string): void => {
    show(words, days);
  };
  const first = query.data?.pages[0];
  return (
    <>
      <title>{`Top crashers · ${project.name} · Crashkeep`}</title>
      <PageHeader
        title="Top crashers"
        sub={
          first === undefined
            ? project.name
            : `${formatCounted(first.groups, 'signature')}, ${formatCounted(first.reports, 'report')} ${daysWords(days)}, ${formatCount(first.reports_before)} before that`
        }
        actions={
          <>
            <TimeChoice
              days={days}
              onChoose={(time) => {
                show(q, time);
              }}
            />
            <SavedViews
              project={project.id}
              page="top"
              q={q}
              days={days}
              onOpen={(view) => void navigate({ to: '/', search: view })}
            />
          </>
        }
      />
      <QueryField project={project.id} q={q} onSearch={search} />
      <ListLayout rail={<FacetRail asked={asked} onSearch={search} />}>
        <DaysCard asked={asked} />
        <Card label="Signatures">
          {query.isPending && <SkeletonList />}
          {query.isError && crashers.length === 0 && (
            <QueryFailed
              what="The list"
              error={query.error}
              kept="Your search is kept."
              onRetry={() => void query.refetch()}
            />
          )}
          {query.isSuccess && crashers.length === 0 && <GroupsEmpty q={q} days={days} />}
          {crashers.length > 0 && (
            <GroupList query={query} crashers={crashers} total={first?.groups ?? 0} current={current} />
          )}
        </Card>
      </ListLayout>
    </>
  );
}

function daysWords(days: number): string {
  return days === 1 ? 'today' : `in ${String(days)} days`;
}
