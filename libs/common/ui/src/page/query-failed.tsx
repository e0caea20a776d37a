import type { ReactNode } from 'react';
import { explainError } from '../api/api-error.js';
import { ErrorState } from '../states/error-state.js';

interface QueryFailedProps {
  /** What could not be loaded: `The list`. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** What is kept meanwhile. */
  readonly kept?: string;
}

export function QueryFailed({ what, error, onRetry, kept }: QueryFailedProps): ReactNode {
  const { code, why } = explainError(error);
  return (
    <ErrorState title={`${what} could not be loaded.`} code={code} onRetry={onRetry}>
      {why} {kept}
    </ErrorState>
  );
}
