import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type SyntheticEvent, type ReactNode, useState } from 'react';
import { Note } from '../layout/note.js';

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

interface SignInFormProps {
  readonly onSubmit: (credentials: Credentials) => void;
  readonly busy: boolean;
  /** A sentence: why the last try failed. */
  readonly failure: string | null;
}

/** Login and password, the same on both origins. Neither origin's session is worth anything on the other. */
export function SignInForm({ onSubmit, busy, failure }: SignInFormProps): ReactNode {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onSubmit({ login: login.trim(), password });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label="Login"
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        data-autofocus
        autoFocus
        value={login}
        onChange={(event) => {
          setLogin(event.currentTarget.value);
        }}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
        }}
      />
      {failure !== null && (
        <Note tone="danger" role="alert">
          {failure}
        </Note>
      )}
      <Button type="submit" variant="primary" size="lg" fullWidth loading={busy}>
        Sign in
      </Button>
    </form>
  );
}
