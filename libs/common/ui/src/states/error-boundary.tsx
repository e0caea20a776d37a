import { Component, type ReactNode } from 'react';
import { ErrorState } from './error-state.js';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly failed: boolean;
}

/** Around the whole page: what breaks while drawing says so and can be tried again. The error's text is not shown. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failed: false };

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const retry = (): void => {
      globalThis.location.reload();
    };
    return (
      <ErrorState title="This page broke while it was drawn." code="page.broken" onRetry={retry}>
        Nothing was changed or lost. Load it again; if it breaks again, tell us the address of the page.
      </ErrorState>
    );
  }
}
