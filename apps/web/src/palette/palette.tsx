import { Icon } from '@crashkeep/ui';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { topQuery } from '../api/search-queries.js';
import { idOf } from '../compare/compare-search.js';
import { useProject, useProjects } from '../shell/use-project.js';
import { DAYS_USUAL, listSearch } from '../search/search-state.js';
import { readSearch } from '../search/search-terms.js';
import { PALETTE_PAGES } from './palette-pages.js';
import './palette.css';

const TYPING_MS = 200;
const SIGNATURES_MAX = 6;
const DAYS_FOUND = 28;

/** Ctrl K: every page, every project, the signatures that hold what was typed, and a report by its id. */
export function Palette(): ReactNode {
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), TYPING_MS);
  const groups = useFound(words, typed.trim());
  return (
    <Spotlight
      shortcut={['mod + K', 'mod + P']}
      query={typed}
      onQueryChange={setTyped}
      actions={groups}
      filter={(_query, actions) => actions}
      nothingFound="Nothing is called that"
      scrollable
      maxHeight={420}
      lockScroll={false}
      transitionProps={{ duration: 80, transition: 'fade' }}
      searchProps={{
        leftSection: <Icon name="search" />,
        placeholder: 'Go to a page, a signature, or a report by its id',
        'aria-label': 'Go to',
      }}
      classNames={{
        content: 'ck-palette',
        search: 'ck-palette-search',
        action: 'ck-palette-action',
        actionDescription: 'ck-palette-says',
        actionsGroup: 'ck-palette-group',
      }}
    />
  );
}

function useFound(words: string, typed: string): SpotlightActionGroupData[] {
  const pages = usePages(typed);
  const report = useReport(typed);
  const signatures = useSignatures(words);
  return [
    { group: 'Report', actions: report },
    { group: 'Pages', actions: pages },
    { group: 'Signatures', actions: signatures },
  ].filter(({ actions }) => actions.length > 0);
}

function usePages(typed: string): SpotlightActionData[] {
  const navigate = useNavigate();
  const project = useProject();
  const wanted = typed.toLowerCase();
  const pages = PALETTE_PAGES.map(({ to, icon, label, says }) => ({
    id: to,
    label,
    description: says,
    leftSection: <Icon name={icon} />,
    onClick: () => void navigate({ to }),
  }));
  const projects = useProjects()
    .filter(({ id }) => id !== project.id)
    .map(({ id, name }) => ({
      id: `project ${id}`,
      label: name,
      description: 'Another project',
      leftSection: <Icon name="layers" />,
      onClick: () => void navigate({ to: '/', search: { project: id } }),
    }));
  return [...pages, ...projects].filter(({ label, description }) =>
    `${label} ${description}`.toLowerCase().includes(wanted),
  );
}

function useReport(typed: string): SpotlightActionData[] {
  const navigate = useNavigate();
  const reportId = idOf(typed);
  if (reportId === undefined) return [];
  return [
    {
      id: 'report',
      label: `Report ${reportId.slice(0, 13)}`,
      description: 'By its id',
      leftSection: <Icon name="hash" />,
      onClick: () => void navigate({ to: '/reports/$reportId', params: { reportId } }),
    },
  ];
}

function useSignatures(words: string): SpotlightActionData[] {
  const navigate = useNavigate();
  const { id: project } = useProject();
  const query = useInfiniteQuery({
    ...topQuery({ project, q: words, days: DAYS_FOUND }),
    enabled: words !== '' && 'query' in readSearch(words),
  });
  if (words === '') return [];
  const found = query.data?.pages[0]?.crashers.slice(0, SIGNATURES_MAX) ?? [];
  return [
    ...found.map(({ id, signature, count }) => ({
      id,
      label: signature,
      description: `${String(count)} reports`,
      leftSection: <Icon name="list" />,
      onClick: () => void navigate({ to: '/groups/$groupId', params: { groupId: id } }),
    })),
    {
      id: 'search',
      label: `Search signatures for “${words}”`,
      leftSection: <Icon name="search" />,
      onClick: () => void navigate({ to: '/', search: listSearch(words, DAYS_USUAL) }),
    },
  ];
}
