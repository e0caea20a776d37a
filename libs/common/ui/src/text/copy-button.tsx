import { ActionIcon, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.js';
import { useCopied } from './use-copied.js';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for the label: `Copy` alone where it is plain to see. */
  readonly label?: string;
  /** The icon alone; the label is then said to screen readers. */
  readonly iconOnly?: boolean;
  readonly size?: 'xs' | 'sm';
}

/** Copies, and says so in its own place. */
export function CopyButton({ text, label = 'Copy', iconOnly = false, size = 'xs' }: CopyButtonProps): ReactNode {
  const [state, copy] = useCopied();
  const said = { idle: label, copied: 'Copied', failed: 'Not copied' }[state];
  const icon = <Icon name={state === 'copied' ? 'check' : 'copy'} size={14} />;
  const onClick = (): void => {
    copy(text);
  };
  if (iconOnly) {
    return (
      <ActionIcon size="sm" onClick={onClick} aria-label={said} title={said}>
        {icon}
      </ActionIcon>
    );
  }
  return (
    <Button size={size} onClick={onClick} leftSection={icon}>
      <span aria-live="polite">{said}</span>
    </Button>
  );
}
