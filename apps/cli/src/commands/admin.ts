import { Command } from 'commander';
import { printAdminAnswer } from './admin-answer.js';

/** `crashkeep admin link`: a new one-time link for the first administrator. */
export function adminCommand(): Command {
  const link = new Command('link')
    .description('make a new link for the first administrator; it works once, for 15 minutes')
    .action(() => printAdminAnswer('strict', { do: 'admin.link' }, 'link'));
  return new Command('admin').description('the first administrator').addCommand(link);
}
