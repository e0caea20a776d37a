import { Icon, formatCounted } from '@crashkeep/ui';
import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './fresh-button.module.css';

/** New rows wait here until someone wants them. */
export function FreshButton({ count, onShow }: { readonly count: number; readonly onShow: () => void }): ReactNode {
  return (
    <span role="status">
      <UnstyledButton className={classes['fresh']} onClick={onShow}>
        <Icon name="arrow-up" size={14} />
        {formatCounted(count, 'new report')}
      </UnstyledButton>
    </span>
  );
}
