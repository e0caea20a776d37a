import { Command, CommanderError } from 'commander';
import { adminCommand } from './commands/admin.js';
import { auditCommand } from './commands/audit.js';
import { scanCommand } from './commands/scan.js';
import { submitCommand } from './commands/submit.js';
import { symbolsCommand } from './commands/symbols.js';
import { tokenCommand } from './commands/token.js';
import { walkCommand } from './commands/walk.js';
import { watchCommand } from './commands/watch.js';
import { witnessCommand } from './commands/witness.js';

const USAGE = 2;

const program = new Command('crashkeep')
  .description('Crashkeep on the command line.')
  .addCommand(walkCommand())
  .addCommand(scanCommand())
  .addCommand(submitCommand())
  .addCommand(watchCommand())
  .addCommand(symbolsCommand())
  .addCommand(tokenCommand())
  .addCommand(adminCommand())
  .addCommand(auditCommand())
  .addCommand(witnessCommand());

/** Commander ends the process with 1 by itself; wrong usage is 2 here, for all commands. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwInsteadOfExit(child);
}

throwInsteadOfExit(program);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : USAGE;
}
