import { useSuspenseQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { projectsQuery } from '../api/queries.js';
import type { Project } from '../api/wire.js';

const NONE: Project = { id: 'default', name: 'Default' };

/** The project of this page: the one in the address, or else the first that this person belongs to. */
export function useProject(): Project {
  const { project } = useSearch({ from: '/shell' });
  const { data } = useSuspenseQuery(projectsQuery);
  return data.find(({ id }) => id === project) ?? data[0] ?? NONE;
}

export function useProjects(): readonly Project[] {
  return useSuspenseQuery(projectsQuery).data;
}
