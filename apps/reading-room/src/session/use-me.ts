import { useSuspenseQuery } from '@tanstack/react-query';
import { projectsQuery, sessionQuery } from '../api/queries.js';
import type { Project, Session } from '../api/wire.js';

/** The person at this page. Behind the sign-in the answer is there already. */
export const useMe = (): Session => useSuspenseQuery(sessionQuery).data;

export const useProjects = (): readonly Project[] => useSuspenseQuery(projectsQuery).data;
