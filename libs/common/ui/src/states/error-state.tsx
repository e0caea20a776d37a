import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.js';
import { Note } from '../layout/note.js';
import classes from './state.module.css';

interface ErrorStateProps {
  /** What failed, as a sentence. */
  readonly title: string;
  /** Why, and what is kept. */
  readonly children: ReactNode;
  /** `area.reason`, so that a person can name it to another. */
  readonly code?: string;
  readonly onRetry?: () => void;
}

export function ErrorState({ title, children, code, onRetry }: ErrorStateProps): ReactNode {
  return (
    <div className={classes['state']}>
      <Note tone="danger" role="alert">
        <b>{title}</b> {children}
      </Note>
      <span className="row wrap">
        {onRetry !== undefined && (
          <Button onClick={onRetry} leftSection={<Icon name="refresh" />}>
            Try again
          </Button>
        )}
        {code !== undefined && <span className="mono t12 muted">{code}</span>}
      </span>
    </div>
  );
}
