import { FrontDoor, Icon, Note } from '@crashkeep/ui';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { enrolPasskey } from '../api/acts.js';
import { explain } from '../app/explain.js';
import { useMe } from './use-me.js';

/** The first passkey of a vault is its root: the keeper pins it, outside the database. */
export function FirstPasskeyPage(): ReactNode {
  const me = useMe();
  const [label, setLabel] = useState('');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => enrolPasskey(label.trim(), me.csrf),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      queryClient.clear();
      await navigate({ to: '/people', replace: true });
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <FrontDoor
      name="Reading room"
      title="Enrol the root passkey"
      sub="It is pinned in the keeper's own configuration. Whoever can write the database still cannot make an approver."
    >
      <form className="stack" onSubmit={submit}>
        <TextInput
          label="Name of the device or key"
          description="So that you know it again: Key 1, blue."
          inputWrapperOrder={['label', 'input', 'description']}
          required
          withAsterisk={false}
          maxLength={60}
          autoFocus
          data-autofocus
          value={label}
          onChange={(event) => {
            setLabel(event.currentTarget.value);
          }}
        />
        {error !== null && (
          <Note tone="danger" role="alert">
            {explain(error)}
          </Note>
        )}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          fullWidth
          loading={isPending}
          disabled={label.trim() === ''}
          leftSection={<Icon name="passkey" />}
        >
          Enrol root passkey
        </Button>
      </form>
      <p className="hint">Two people are needed before raw memory can be read: you approve, another asks.</p>
    </FrontDoor>
  );
}
