import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { ApiError } from '@crashkeep/ui';
import { placesQuery, projectsQuery, sessionQuery } from '../api/queries.js';

/** What is known already is not asked for again. */
const KNOWN = { staleTime: 'static' } as const;

/** Who is not signed in goes to the door, and comes back to where they wanted to go. */
export async function requireSession(queryClient: QueryClient, href: string): Promise<void> {
  try {
    await Promise.all([
      queryClient.query({ ...sessionQuery, ...KNOWN }),
      queryClient.query({ ...projectsQuery, ...KNOWN }),
      queryClient.query({ ...placesQuery, ...KNOWN }),
    ]);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to say it
    throw redirect({ to: '/sign-in', search: href === '/' ? {} : { to: href }, replace: true });
  }
}
