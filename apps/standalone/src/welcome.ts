import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type StateFolder, adminSockets, askAdmin } from '@crashkeep/local-vault';
import type { Origins } from './app-table.js';
import { hasAdmin } from './default-project.js';
import { writeSecret } from './kept-secret.js';
import { sampleLine } from './sample.js';

/** What a person who has just started the vault needs to see. */
export async function welcome(folder: StateFolder, origins: Origins, ownerUrl: string): Promise<string> {
  const link = await firstAdminLink(folder, ownerUrl);
  const sample = await sampleLine(folder, origins, ownerUrl);
  const paragraphs = [
    ['Crashkeep is running.'],
    [`  Console        ${origins.console}`, `  Reading room   ${origins.room}`, `  Uploads        ${origins.ingest}`],
    link === null
      ? []
      : ['First administrator: open this link within 15 minutes (a new one: npx crashkeep admin link)', `  ${link}`],
    sample === null ? [] : ['Send a sample crash, then look at it on the console:', `  ${sample}`],
    [`State: ${folder.home}   Logs: ${folder.logs}   Ctrl-C stops everything.`],
  ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The link is kept in a 0600 file too, for who starts the vault as a service and sees no terminal. */
async function firstAdminLink(folder: StateFolder, ownerUrl: string): Promise<string | null> {
  const file = join(folder.secrets, 'first-admin-link');
  rmSync(file, { force: true });
  if (await hasAdmin(ownerUrl)) return null;
  const link = await askAdmin(adminSockets(folder, {}).strict, { do: 'admin.link' }, 'link').catch(() => null);
  if (link !== null) writeSecret(file, `${link}\n`);
  return link;
}
