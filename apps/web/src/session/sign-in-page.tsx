import { ApiError, type Credentials, FrontDoor, SignInForm, explainError } from '@crashkeep/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signIn } from '../api/acts.js';

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
    <FrontDoor title="Sign in" sub="The console shows what is safe to show. Raw memory stays in the vault.">
      <SignInForm onSubmit={submit} busy={isPending} failure={error === null ? null : whyRefused(error)} />
      <p className="hint">No account yet? An engineer of your project can invite you.</p>
    </FrontDoor>
  );
}

function whyRefused(error: Error): string {
  if (error instanceof ApiError && error.status === 401) return 'Login and password do not go together. Try again.';
  return explainError(error).why;
}
