import { ButtonLink, FrontDoor, NewPasswordField, Note, PASSWORD_MIN } from '@crashkeep/ui';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { startFirstRun } from '../api/acts.js';
import { firstRunQuery } from '../api/queries.js';
import { explain } from '../app/explain.js';

/** The link's secret stands behind the `#`: it is never in a request line, a log or a referrer. */
export function FirstRunPage(): ReactNode {
  const secret = useLocation({ select: ({ hash }) => hash });
  const { data } = useQuery(firstRunQuery);
  if (data?.needed === false) {
    return (
      <FrontDoor name="Reading room" title="This vault is set up" sub="Its first admin has enrolled the root passkey.">
        <ButtonLink to="/sign-in">Go to sign in</ButtonLink>
      </FrontDoor>
    );
  }
  if (secret === '') {
    return (
      <FrontDoor
        name="Reading room"
        title="This link is not whole"
        sub="The first admin's link ends in a long secret, and this address has none."
      >
        <p className="t13 soft">
          Copy the whole link once more, or make a new one with <code>npx crashkeep admin link</code> on that machine.
        </p>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor
      name="Reading room"
      title="Set up this vault"
      sub="You are its first admin. Next you enrol the root passkey, which everything here is signed by."
    >
      <FirstAdminForm secret={secret} />
    </FrontDoor>
  );
}

function FirstAdminForm({ secret }: { readonly secret: string }): ReactNode {
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: startFirstRun,
    onSuccess: () => {
      queryClient.clear();
      return navigate({ to: '/first-passkey', replace: true });
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    mutate({ secret, name: name.trim(), login: login.trim().toLowerCase(), password });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label="Your name"
        name="name"
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={80}
        data-autofocus
        autoFocus
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <TextInput
        label="Login"
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        maxLength={100}
        value={login}
        onChange={(event) => {
          setLogin(event.currentTarget.value);
        }}
      />
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
        Continue
      </Button>
    </form>
  );
}
