import { ApiError } from '@crashkeep/ui';
import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { placesQuery, projectsQuery, sessionQuery } from '../api/queries.js';

/** Who is not signed in goes to the door, and comes back to where they wanted to go. */
export async function requireSession(queryClient: QueryClient, href: string): Promise<void> {
  try {
    await Promise.all(
      [sessionQuery, projectsQuery, placesQuery].map(async (query) =>
        queryClient.ensureQueryData(query as typeof sessionQuery),
      ),
    );
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to say it
    throw redirect({ to: '/sign-in', search: href === '/' ? {} : { to: href }, replace: true });
  }
}
