import { lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

/** `npx crashkeep` looks in node_modules/.bin, where npm puts no workspace's command when workspaces are linked. */
export function linkCommand() {
  const link = join(root, 'node_modules/.bin/crashkeep');
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../../apps/cli/bin/crashkeep.mjs', link);
}
