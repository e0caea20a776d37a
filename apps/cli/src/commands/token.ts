import { Command, Option } from 'commander';
import { printAdminAnswer } from './admin-answer.js';

/** `crashkeep token create`: on the machine that holds the state folder. The token stands alone on the last line. */
export function tokenCommand(): Command {
  const create = new Command('create')
    .description('make a token; it is shown once')
    .addOption(new Option('--project <id>', 'the project that it is for').default('default'))
    .addOption(
      new Option('--class <class>', 'what its holder may do: send dumps, send symbols, read reports')
        .choices(['ingest', 'symbols', 'read'])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--label <text>', 'what it will be used for').default('made on the command line'))
    .action(async (options: { project: string; class: string; label: string }) => {
      const request = { do: 'token.create', project: options.project, class: options.class, label: options.label };
      await printAdminAnswer('lenient', request, 'token');
    });
  return new Command('token').description('tokens of machines').addCommand(create);
}
