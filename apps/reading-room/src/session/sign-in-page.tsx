import { ApiError, type Credentials, FrontDoor, SignInForm } from '@crashkeep/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signIn } from '../api/acts.js';
import { explain } from '../app/explain.js';

const route = getRouteApi('/sign-in');

export function SignInPage(): ReactNode {
  const { to } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: signIn,
    onSuccess: () => {
      queryClient.clear();
      router.history.push(to ?? '/');
    },
  });
  const submit = (credentials: Credentials): void => {
    mutate(credentials);
  };
  return (
    <FrontDoor
      name="Reading room"
      title="Sign in"
      sub="The same login as on the console. What you do here is recorded."
    >
      <SignInForm onSubmit={submit} busy={isPending} failure={error === null ? null : whyRefused(error)} />
    </FrontDoor>
  );
}

function whyRefused(error: Error): string {
  if (error instanceof ApiError && error.status === 401) return 'Login and password do not go together. Try again.';
  return explain(error);
}
