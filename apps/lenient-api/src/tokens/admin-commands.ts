import { type IdentityStore, TokenClassText } from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import type { AdminHandler } from '@crashkeep/platform';
import { z } from 'zod';
import { makeToken } from './make-token.js';
import { revokeToken } from './revoke-token.js';

/** What `crashkeep token create` sends. */
const TokenCreate = z.strictObject({
  do: z.literal('token.create'),
  project: ProjectIdText,
  class: TokenClassText,
  label: z.string().min(1).max(120).default('made on the command line'),
});

/** What the command line sends of a token that it had made for one run. */
const TokenRevoke = z.strictObject({ do: z.literal('token.revoke'), token: z.string().max(200) });

const AdminCommand = z.discriminatedUnion('do', [TokenCreate, TokenRevoke]);

/** A line that is none of these. The message is the code. */
class AdminCommandError extends Error {
  override readonly name = 'AdminCommandError';
  readonly code = 'admin.unknown-command';
  constructor() {
    super('admin.unknown-command');
  }
}

/** Commands of whoever owns this machine's state folder: the socket's mode is the right. */
export const adminCommands =
  (identity: IdentityStore): AdminHandler =>
  async (request) => {
    const command = AdminCommand.safeParse(request);
    if (!command.success) throw new AdminCommandError();
    if (command.data.do === 'token.revoke') return { revoked: await revokeToken(identity, command.data.token) };
    const { project, label } = command.data;
    return { token: await makeToken(identity, { project, class: command.data.class, label, by: null }) };
  };
