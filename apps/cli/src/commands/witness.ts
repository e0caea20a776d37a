import { LedgerError, parseVerifierKey } from '@crashkeep/ledger';
import { Command } from 'commander';
import { WitnessFolder } from '../witness/witness-folder.js';
import { witnessServer } from '../witness/witness-server.js';

interface WitnessOptions {
  readonly folder: string;
  readonly log: readonly string[];
  readonly name?: string;
  readonly host: string;
  readonly port: string;
}

const USAGE = 2;

/** `crashkeep witness`: on another machine, of other people. It remembers the last checkpoint and cosigns only what grows from it. */
export function witnessCommand(): Command {
  return new Command('witness')
    .description('cosign the checkpoints of ledgers, and refuse one that was forked or set back')
    .requiredOption('--folder <folder>', 'where its key and its memory lie; made where it is missing')
    .requiredOption(
      '--log <key>',
      "a ledger's public key, name+01234567+base64; may be repeated",
      (one: string, before: readonly string[]) => [...before, one],
      [],
    )
    .option('--name <name>', 'the name it signs under, kept from the first start on')
    .option('--host <host>', 'where it listens', '127.0.0.1')
    .option('--port <port>', 'where it listens', '8090')
    .action((options: WitnessOptions) => {
      start(options);
    });
}

function start(options: WitnessOptions): void {
  try {
    const logs = options.log.map(parseVerifierKey);
    const folder = new WitnessFolder(options.folder, logs, options.name ?? null);
    const server = witnessServer({
      witness: folder,
      onAnswer: (status) => {
        if (status !== 200 && status !== 409) console.error(`refused: ${String(status)}`);
      },
    });
    server.on('error', () => {
      console.error(`It cannot listen on ${options.host}:${options.port}.`);
      process.exitCode = USAGE;
    });
    server.listen(Number(options.port), options.host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : options.port;
      console.log(`http://${options.host}:${String(port)}/ ${folder.publicKey}`);
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    console.error('A key cannot be read. A key is one line: name+01234567+base64.');
    process.exitCode = USAGE;
  }
}
