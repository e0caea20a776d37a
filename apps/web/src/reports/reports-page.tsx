import { PageHeader } from '@crashkeep/ui';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FacetRail } from '../search/facet-rail.js';
import { ListLayout } from '../search/list-layout.js';
import { QueryField } from '../search/query-field.js';
import { SavedViews } from '../search/saved-views.js';
import { DAYS_USUAL, listSearch } from '../search/search-state.js';
import { TimeChoice } from '../search/time-choice.js';
import { useProject } from '../shell/use-project.js';
import { ExportMenu } from './export-menu.js';
import { FoundReports } from './found-reports.js';
import { LiveReports } from './live-reports.js';

const route = getRouteApi('/shell/reports');

/** Every dump that arrived, newest first, walked or not yet; or those that fit a search. */
export function ReportsPage(): ReactNode {
  const { q = '', days = DAYS_USUAL } = route.useSearch();
  const project = useProject();
  const navigate = useNavigate();
  const asked = { project: project.id, q, days };
  const show = (words: string, time: number): void => {
    void navigate({ to: '/reports', search: listSearch(words, time) });
  };
  const search = (words: string): void => {
    show(words, days);
  };
  return (
    <>
      <title>{`Reports · ${project.name} · Crashkeep`}</title>
      <PageHeader
        title="Reports"
        sub={q === '' ? 'Newest first, also those that are still being walked' : 'Those that fit, newest first'}
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
              page="search"
              q={q}
              days={days}
              onOpen={(view) => void navigate({ to: '/reports', search: view })}
            />
            <ExportMenu asked={asked} />
          </>
        }
      />
      <QueryField project={project.id} q={q} onSearch={search} />
      <ListLayout rail={<FacetRail asked={asked} onSearch={search} />}>
        {q === '' ? <LiveReports key={project.id} projectId={project.id} /> : <FoundReports asked={asked} />}
      </ListLayout>
    </>
  );
}
