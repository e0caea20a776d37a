import { Icon, Note } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { signStatements } from '../api/acts.js';
import { explain } from '../app/explain.js';
import { useMe } from '../session/use-me.js';

interface SignButtonProps {
  readonly statements: readonly string[];
  readonly children: ReactNode;
  readonly size?: 'xs' | 'sm';
}

/** One touch of the passkey over all that this page shows. */
export function SignButton({ statements, children, size = 'sm' }: SignButtonProps): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => signStatements(statements.slice(0, 32), csrf),
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <span className="stack g2">
      <Button
        size={size}
        variant="primary"
        loading={isPending}
        leftSection={<Icon name="passkey" />}
        onClick={() => {
          mutate();
        }}
      >
        {children}
      </Button>
      {error !== null && (
        <Note tone="danger" role="alert">
          {explain(error)}
        </Note>
      )}
    </span>
  );
}
