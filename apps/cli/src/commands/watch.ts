import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { PendingUploads } from '../submit/pending-uploads.js';
import { SentFiles } from '../submit/sent-files.js';
import { submitDump } from '../submit/submit-dump.js';
import { dumpFolderOf, dumpsIn } from '../submit/watched-folder.js';
import { DoorError, type DoorOptions, type VaultDoor, throughDoor, withDoorOptions } from '../vault/vault-door.js';

interface WatchOptions extends DoorOptions {
  readonly product?: string;
  readonly state?: string;
  readonly once?: true;
}

const SOME_NOT_SENT = 1;
const ROUND_MS = 5_000;

/** `crashkeep watch`: runs until it is ended. With --once exit 0 all are in the vault, 1 some not, 2 usage or no vault. */
export function watchCommand(): Command {
  const watch = new Command('watch')
    .description('send what appears in a Crashpad database or in /var/lib/systemd/coredump, each dump once')
    .argument('<dir>', 'the folder', existingFolder)
    .option('--product <name>', 'the program that crashed, where the dumps do not say')
    .option('--state <file>', 'remembers what was sent; else a file in ~/.local/state/crashkeep')
    .option('--once', 'send what is there now, and end')
    .action(async (folder: string, options: WatchOptions) => {
      process.exitCode = await throughDoor(options, 'ingest', (door) => watchFolder(folder, options, door));
    });
  return withDoorOptions(watch);
}

function existingFolder(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new InvalidArgumentError('It is not a folder.');
  return folder;
}

async function watchFolder(folder: string, options: WatchOptions, door: VaultDoor): Promise<number> {
  const sent = openState(options.state ?? SentFiles.usualPath(folder));
  for (;;) {
    const areAllSent = await sendNew(dumpFolderOf(folder), sent, options, door);
    if (options.once === true) return areAllSent ? 0 : SOME_NOT_SENT;
    await sleep(ROUND_MS);
  }
}

function openState(path: string): SentFiles {
  try {
    return SentFiles.open(path);
  } catch {
    throw new DoorError(
      'The state file cannot be read. Remove it to send everything again, or name another by --state.',
    );
  }
}

/** What the vault will never take is remembered too; what it could not take now is tried in the next round. */
async function sendNew(folder: string, sent: SentFiles, options: WatchOptions, door: VaultDoor): Promise<boolean> {
  const uploads = new PendingUploads();
  const stamps = dumpsIn(folder);
  sent.keepOnly(stamps);
  let areAllSent = true;
  for (const stamp of stamps) {
    if (sent.has(stamp)) continue;
    const path = join(folder, stamp.name);
    const fields = options.product === undefined ? {} : { prod: options.product };
    const submitted = await submitDump(path, fields, door, uploads);
    if (submitted.id !== null) {
      sent.add(stamp, { id: submitted.id });
      submitted.forget();
      console.log(`${submitted.id}  ${path}`);
      continue;
    }
    areAllSent = false;
    console.error(`${path}: ${submitted.why}`);
    if (!submitted.isPassing) sent.add(stamp, { refused: submitted.why });
  }
  return areAllSent;
}
