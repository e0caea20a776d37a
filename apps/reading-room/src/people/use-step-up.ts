import { useQueryClient } from '@tanstack/react-query';
import { stepUp } from '../api/acts.js';
import { sessionQuery } from '../api/queries.js';
import { useMe } from '../session/use-me.js';

/** Proves a passkey where the session has not done so in the last five minutes. Roles and invitations need it. */
export function useStepUp(): () => Promise<void> {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  return async () => {
    const { stepped_up: steppedUp } = await queryClient.query({ ...sessionQuery, staleTime: 0 });
    if (!steppedUp) await stepUp(csrf);
  };
}
