import { Command, CommanderError } from 'commander';

const USAGE = 2;

/** Each is loaded when it is called: what one needs the others do not wait for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  walk: async () => (await import('./commands/walk.js')).walkCommand(),
  scan: async () => (await import('./commands/scan.js')).scanCommand(),
  submit: async () => (await import('./commands/submit.js')).submitCommand(),
  watch: async () => (await import('./commands/watch.js')).watchCommand(),
  symbols: async () => (await import('./commands/symbols.js')).symbolsCommand(),
  token: async () => (await import('./commands/token.js')).tokenCommand(),
  admin: async () => (await import('./commands/admin.js')).adminCommand(),
  audit: async () => (await import('./commands/audit.js')).auditCommand(),
  witness: async () => (await import('./commands/witness.js')).witnessCommand(),
};

const program = new Command('crashkeep').description('Crashkeep on the command line.');
const named = COMMANDS[process.argv[2] ?? ''];
for (const load of named === undefined ? Object.values(COMMANDS) : [named]) program.addCommand(await load());

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
