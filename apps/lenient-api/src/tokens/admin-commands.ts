import { type IdentityStore, TokenClassText } from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import type { AdminHandler } from '@crashkeep/platform';
import { z } from 'zod';
import { makeToken } from './make-token.js';

/** What `crashkeep token create` sends. */
const TokenCreate = z.strictObject({
  do: z.literal('token.create'),
  project: ProjectIdText,
  class: TokenClassText,
  label: z.string().min(1).max(120).default('made on the command line'),
});

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
    const command = TokenCreate.safeParse(request);
    if (!command.success) throw new AdminCommandError();
    const { project, label } = command.data;
    return { token: await makeToken(identity, { project, class: command.data.class, label, by: null }) };
  };
