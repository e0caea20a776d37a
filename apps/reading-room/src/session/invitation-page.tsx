import { ButtonLink, FrontDoor, NewPasswordField, Note, PASSWORD_MIN } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { acceptInvitation } from '../api/acts.js';
import { explain } from '../app/explain.js';

export function InvitationPage(): ReactNode {
  const secret = useLocation({ select: ({ hash }) => hash });
  if (secret === '') {
    return (
      <FrontDoor
        name="Reading room"
        title="This link is not whole"
        sub="An invitation ends in a long secret, and this address has none."
      >
        <ButtonLink to="/sign-in">Go to sign in</ButtonLink>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor
      name="Reading room"
      title="You are invited"
      sub="Choose a password. Then enrol a passkey: decisions are signed by it."
    >
      <InvitationForm secret={secret} />
    </FrontDoor>
  );
}

function InvitationForm({ secret }: { readonly secret: string }): ReactNode {
  const [password, setPassword] = useState('');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: () => {
      queryClient.clear();
      return navigate({ to: '/passkeys', replace: true });
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    mutate({ secret, password });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <NewPasswordField value={password} onChange={setPassword} />
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
        disabled={password.length < PASSWORD_MIN}
      >
        Accept and sign in
      </Button>
    </form>
  );
}
