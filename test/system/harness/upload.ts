import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Vault } from './vault.js';

const run = promisify(execFile);

/** The uniform shape of fixtures/README.md, as far as tests look at it. */
export interface Frame {
  readonly index: number;
  readonly module: string | null;
  readonly module_offset: string | null;
  readonly function?: string | null;
  readonly file?: string | null;
  readonly line?: number | null;
  readonly trust: string;
  readonly inlines?: readonly {
    readonly function?: string | null;
    readonly file?: string | null;
    readonly line?: number | null;
  }[];
}

export interface Report {
  readonly crash_reason: string | null;
  readonly crashing_thread: number | null;
  readonly product: string | null;
  readonly version: string | null;
  readonly signature: string;
  readonly threads: readonly { readonly index: number; readonly frames: readonly Frame[] }[];
}

export interface ReportAnswer {
  readonly id: string;
  readonly state: 'queued' | 'walking' | 'done' | 'failed';
  readonly failure: string | null;
  readonly report: Report | null;
}

/** By curl, as a script would: the answer's body. */
export async function curlDump(
  url: string,
  file: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<string> {
  const form = Object.entries(fields).flatMap(([name, value]) => ['-F', `${name}=${value}`]);
  const { stdout } = await run('curl', [
    '-sS',
    '--fail-with-body',
    ...form,
    '-F',
    `upload_file_minidump=@${file}`,
    url,
  ]);
  return stdout.trim();
}

export async function curlSymbols(vault: Vault, token: string, path: string, file: string): Promise<void> {
  const url = `${vault.ingest}/symbols/${path.split('/').map(encodeURIComponent).join('/')}`;
  await run('curl', ['-sS', '--fail-with-body', '-H', `Authorization: Bearer ${token}`, '-T', file, url]);
}

/** Asks the console until the dump is walked; its last answer. */
export async function untilWalked(vault: Vault, readToken: string, id: string): Promise<ReportAnswer> {
  for (let tries = 0; tries < 480; tries++) {
    const answer = await askReport(vault, readToken, id);
    if (answer.state === 'done' || answer.state === 'failed') return answer;
    await sleep(250);
  }
  throw new Error(`dump ${id} was not walked in two minutes`);
}

export async function askReport(vault: Vault, readToken: string, id: string): Promise<ReportAnswer> {
  const answer = await fetch(`${vault.console}/api/v1/reports/${id}`, {
    headers: { authorization: `Bearer ${readToken}` },
  });
  if (!answer.ok) throw new Error(`the console answered ${String(answer.status)}: ${await answer.text()}`);
  return (await answer.json()) as ReportAnswer;
}
