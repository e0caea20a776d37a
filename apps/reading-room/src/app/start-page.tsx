import { ErrorBoundary, TierProvider } from '@crashkeep/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './query-client.js';
import { makeRouter } from './router.js';

export function startPage(root: HTMLElement | null): void {
  if (root === null) throw new Error('page.no-root');
  const queryClient = makeQueryClient(() => {
    void router.invalidate();
  });
  const router = makeRouter(queryClient);
  createRoot(root).render(
    <StrictMode>
      <TierProvider tier="strict">
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ErrorBoundary>
      </TierProvider>
    </StrictMode>,
  );
}
