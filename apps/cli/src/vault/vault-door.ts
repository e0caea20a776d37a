import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { AdminError, adminSockets, askAdmin } from '@crashkeep/local-vault';
import { Command, InvalidArgumentError, Option } from 'commander';
import { sentenceFor } from '../commands/admin-answer.js';

const USAGE_OR_NO_VAULT = 2;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type TokenClass = 'ingest' | 'symbols';

/** Where things are sent, and as whom. */
export interface VaultDoor {
  /** The upload address's origin. */
  readonly origin: string;
  readonly token: string;
}

export interface DoorOptions {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly project: string;
}

/** No vault or no token: the sentence says what to do. */
export class DoorError extends Error {
  override readonly name = 'DoorError';
}

export function withDoorOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', "the vault's upload address").env('CRASHKEEP_URL').argParser(httpUrl))
    .option('--token-file <file>', 'file that holds the token; else CRASHKEEP_TOKEN, else one is made on this machine')
    .option('--project <id>', 'the project, where a token is made on this machine', 'default');
}

/**
 * Does something with a vault, and gives the exit code. The token is that of a file or of CRASHKEEP_TOKEN; on the machine of a vault, one
 * that its admin socket makes for this run and that ends with it, also where a signal ends it. No vault or no token is a sentence
 * and 2.
 */
export async function throughDoor(
  options: DoorOptions,
  tokenClass: TokenClass,
  act: (door: VaultDoor) => Promise<number>,
): Promise<number> {
  try {
    const origin = new URL(options.url ?? localUploads()).origin;
    const token = tokenFrom(options);
    if (token !== null) return await act({ origin, token });
    return await withTokenOfThisRun(options.project, tokenClass, (made) => act({ origin, token: made }));
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    console.error(error.message);
    return USAGE_OR_NO_VAULT;
  }
}

async function withTokenOfThisRun(
  project: string,
  tokenClass: TokenClass,
  act: (token: string) => Promise<number>,
): Promise<number> {
  const token = await madeHere(project, tokenClass);
  const endBySignal = (signal: NodeJS.Signals): void => {
    void revoked(token).then(() => process.exit(128 + constants.signals[signal]));
  };
  for (const signal of SIGNALS) process.once(signal, endBySignal);
  try {
    return await act(token);
  } finally {
    for (const signal of SIGNALS) process.off(signal, endBySignal);
    await revoked(token);
  }
}

/** A vault that has gone meanwhile keeps the token; the console lists it, and who made it. */
async function revoked(token: string): Promise<void> {
  try {
    await askAdmin(adminSockets().lenient, { do: 'token.revoke', token }, 'revoked');
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    console.error(
      'The token of this run could not be revoked. Revoke it in the console: "made to send from the command line".',
    );
  }
}

function tokenFrom({ tokenFile }: DoorOptions): string | null {
  const text = process.env['CRASHKEEP_TOKEN']?.trim() ?? '';
  if (tokenFile === undefined) return text === '' ? null : text;
  try {
    return readFileSync(tokenFile, 'utf8').trim();
  } catch {
    throw new DoorError('The token file cannot be read.');
  }
}

async function madeHere(project: string, tokenClass: TokenClass): Promise<string> {
  const request = { do: 'token.create', project, class: tokenClass, label: 'made to send from the command line' };
  try {
    return await askAdmin(adminSockets().lenient, request, 'token');
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    throw new DoorError(
      error.code === 'admin.unreachable'
        ? `${sentenceFor(error.code)} To send elsewhere, give --url and --token-file, or CRASHKEEP_URL and CRASHKEEP_TOKEN.`
        : sentenceFor(error.code),
    );
  }
}

/** What `npm start` listens on: two above the console's port. */
function localUploads(): string {
  return `http://localhost:${Number(process.env['CRASHKEEP_PORT'] ?? 8080) + 2}`;
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new InvalidArgumentError('It is no http address.');
  return text;
}
