import { Note, explainError } from '@crashkeep/ui';
import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { revokeToken } from '../api/acts.js';
import { tokensQuery } from '../api/queries.js';
import type { ApiToken } from '../api/wire.js';
import { useMe } from '../session/use-me.js';

/** Asks once: what used this token is refused from the next request on. */
export function RevokeButton({ token }: { readonly token: ApiToken }): ReactNode {
  const [asking, { open, close }] = useDisclosure(false);
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => revokeToken(token.id, csrf),
    onSuccess: async () => {
      close();
      await queryClient.invalidateQueries({ queryKey: tokensQuery(token.project).queryKey });
    },
  });
  return (
    <>
      <Button size="xs" variant="danger" onClick={open}>
        Revoke
      </Button>
      <Modal opened={asking} onClose={close} title={`Revoke “${token.label === '' ? 'this token' : token.label}”?`}>
        <div className="stack">
          <p className="t13 soft">
            Whatever still uses it is refused from its next request on. This cannot be undone; make a new one first if a
            product ships with it.
          </p>
          {error !== null && (
            <Note tone="danger" role="alert">
              {explainError(error).why}
            </Note>
          )}
          <div className="row wrap">
            <Button
              variant="danger"
              loading={isPending}
              onClick={() => {
                mutate();
              }}
            >
              Revoke
            </Button>
            <Button variant="ghost" onClick={close}>
              Keep it
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
