import { readFileSync } from 'node:fs';
import { AdminError, adminSockets, askAdmin } from '@crashkeep/local-vault';
import { Command, InvalidArgumentError, Option } from 'commander';
import { sentenceFor } from '../commands/admin-answer.js';

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

/** The token of a file or of CRASHKEEP_TOKEN; on the machine of a vault, a new one by its admin socket. Throws `DoorError`. */
export async function openDoor(options: DoorOptions, tokenClass: 'ingest' | 'symbols'): Promise<VaultDoor> {
  const origin = new URL(options.url ?? localUploads()).origin;
  const token = tokenFrom(options) ?? (await madeHere(options.project, tokenClass));
  return { origin, token };
}

function tokenFrom({ tokenFile }: DoorOptions): string | null {
  if (tokenFile === undefined) return process.env['CRASHKEEP_TOKEN']?.trim() ?? null;
  try {
    return readFileSync(tokenFile, 'utf8').trim();
  } catch {
    throw new DoorError('The token file cannot be read.');
  }
}

async function madeHere(project: string, tokenClass: string): Promise<string> {
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
