import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMe } from '../session/use-me.js';

/** An act on a signature; whatever is shown of it is read anew after it. */
export function useGroupAct<Asked>(groupId: string, act: (asked: Asked, csrf: string) => Promise<void>) {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => act(asked, csrf),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['group', groupId] }),
        queryClient.invalidateQueries({ queryKey: ['top'] }),
      ]),
  });
}
