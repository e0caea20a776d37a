import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { explainError } from '../api/api-error.js';
import { ErrorState } from '../states/error-state.js';

/** A page that could not be made ready. */
export function PageFailed({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
  const { code, why } = explainError(error);
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="page" id="main">
      <ErrorState title="The page could not be opened." code={code} onRetry={retry}>
        {why}
      </ErrorState>
    </main>
  );
}
