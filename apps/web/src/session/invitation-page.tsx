import { ButtonLink, FrontDoor, NewPasswordField, Note, PASSWORD_MIN, explainError } from '@crashkeep/ui';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { acceptInvitation } from '../api/acts.js';

/** The link's secret stands behind the `#`: it is never in a request line, a log or a referrer. */
export function InvitationPage(): ReactNode {
  const secret = useLocation({ select: ({ hash }) => hash });
  if (secret === '') {
    return (
      <FrontDoor title="This link is not whole" sub="An invitation ends in a long secret, and this address has none.">
        <p className="t13 soft">Copy the whole link once more, or ask for a new one.</p>
        <ButtonLink to="/sign-in">Go to sign in</ButtonLink>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title="You are invited" sub="Choose a password. Your login was set by whoever invited you.">
      <InvitationForm secret={secret} />
    </FrontDoor>
  );
}

function InvitationForm({ secret }: { readonly secret: string }): ReactNode {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const navigate = useNavigate();
  const { mutate, isPending, error } = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: () => navigate({ to: '/sign-in', replace: true }),
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    mutate({ secret, password, ...(name.trim() === '' ? {} : { name: name.trim() }) });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label="Your name"
        name="name"
        autoComplete="name"
        description="As your colleagues should see it. Leave it empty to keep the one in the invitation."
        inputWrapperOrder={['label', 'input', 'description']}
        maxLength={80}
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <NewPasswordField value={password} onChange={setPassword} />
      {error !== null && (
        <Note tone="danger" role="alert">
          {explainError(error).why}
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
