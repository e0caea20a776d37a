import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StateFolder, adminSockets, askAdmin } from '@crashkeep/local-vault';
import { sampleDump, sampleSymbols } from '@crashkeep/synth';
import type { Origins } from './app-table.js';
import { DEFAULT_PROJECT, isLiveToken } from './default-project.js';
import { writeSecret } from './kept-secret.js';

const TOKEN_FILE = 'sample-token';

/** A line for a shell that uploads a sample crash; null where no token could be had. */
export async function sampleLine(folder: StateFolder, origins: Origins, ownerUrl: string): Promise<string | null> {
  const file = join(folder.home, 'sample.dmp');
  writeFileSync(file, sampleDump({ crashedAt: Math.floor(Date.now() / 1000) }), { mode: 0o600 });
  const token = await sampleToken(folder, ownerUrl);
  if (token === null) return null;
  return `curl -F 'upload_file_minidump=@${file}' -F prod=Lantern -F ver=2.4.1 '${origins.ingest}/submit?token=${token}'`;
}

/** The sample's symbols, once: its trace shall read like a trace. A vault without them works as well. */
export async function sendSampleSymbols(folder: StateFolder, origins: Origins): Promise<void> {
  const done = join(folder.home, 'sample-symbols-sent');
  if (existsSync(done)) return;
  const token = await createToken(folder, 'symbols', 'the symbols of the sample');
  if (token === null) return;
  for (const { debugFile, debugId, name, text } of sampleSymbols()) {
    const path = [debugFile, debugId, name].map(encodeURIComponent).join('/');
    const answer = await fetch(`${origins.ingest}/symbols/${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: text,
    }).catch(() => null);
    if (answer?.ok !== true) return;
  }
  writeFileSync(done, '');
}

/** The token of the start before while it is good, so that starting often does not fill the list of tokens. */
async function sampleToken(folder: StateFolder, ownerUrl: string): Promise<string | null> {
  const file = join(folder.secrets, TOKEN_FILE);
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (await isLiveToken(ownerUrl, kept.slice(4, 26))) return kept;
  const token = await createToken(folder, 'ingest', 'the sample that npm start shows');
  if (token !== null) writeSecret(file, token);
  return token;
}

async function createToken(folder: StateFolder, tokenClass: string, label: string): Promise<string | null> {
  const request = { do: 'token.create', project: DEFAULT_PROJECT, class: tokenClass, label };
  return askAdmin(adminSockets(folder, {}).lenient, request, 'token').catch(() => null);
}
