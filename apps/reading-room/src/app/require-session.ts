import { ApiError } from '@crashkeep/ui';
import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { projectsQuery, sessionQuery } from '../api/queries.js';

/** Who is not signed in goes to the door and comes back; whoever starts the vault enrols the root passkey first. */
export async function requireSession(queryClient: QueryClient, href: string): Promise<void> {
  const session = await signedIn(queryClient, href);
  if (!session.root_pinned) {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to say it
    throw redirect({ to: '/first-passkey', replace: true });
  }
  await queryClient.query({ ...projectsQuery, staleTime: 'static' });
}

export async function requirePerson(queryClient: QueryClient, href: string): Promise<void> {
  await signedIn(queryClient, href);
}

async function signedIn(queryClient: QueryClient, href: string): Promise<{ readonly root_pinned: boolean }> {
  try {
    return await queryClient.query({ ...sessionQuery, staleTime: 'static' });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to say it
    throw redirect({ to: '/sign-in', search: href === '/' ? {} : { to: href }, replace: true });
  }
}
