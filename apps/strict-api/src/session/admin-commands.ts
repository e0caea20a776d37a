import { createOneTimeLink } from '@crashkeep/identity';
import type { AdminHandler } from '@crashkeep/platform';
import { z } from 'zod';
import { roomProblem } from '../http/room-error.js';
import type { Room } from '../room.js';

const Command = z.strictObject({ do: z.literal('admin.link') });

/**
 * What a person on the machine itself may ask for (`crashkeep admin link`): a link for the first administrator, for fifteen
 * minutes. Once the root passkey is pinned there is none: whoever owns the machine must not become administrator by it.
 */
export function adminCommands({ identity, keeper, party }: Room): AdminHandler {
  return async (request) => {
    Command.parse(request);
    if ((await keeper.ping()).root !== null) throw roomProblem('room.already-set-up');
    const secret = await createOneTimeLink(identity.rows, { kind: 'first-run', personId: null, createdBy: null });
    return { link: `${party.origin}/first-run#${secret}` };
  };
}
