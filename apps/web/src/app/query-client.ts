import { ApiError } from '@crashkeep/ui';
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries.js';

const RETRIES = 2;

/** `onSignedOut`: the server no longer knows our session. What was fetched stays until the next sign-in clears it. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, gcTime: 600_000, retry: (failures, error) => failures < RETRIES && mayPass(error) },
    },
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (!(error instanceof ApiError) || error.status !== 401 || query.queryKey[0] === 'session') return;
        client.removeQueries({ queryKey: sessionQuery.queryKey });
        onSignedOut();
      },
    }),
  });
  return client;
}

/** A refusal stays one; a server that is away or overloaded may come back. */
function mayPass(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
}
