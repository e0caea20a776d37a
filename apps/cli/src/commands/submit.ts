import { statSync, unlinkSync } from 'node:fs';
import { Command } from 'commander';
import { PendingUploads } from '../submit/pending-uploads.js';
import { submitDump } from '../submit/submit-dump.js';
import { type DoorOptions, type VaultDoor, throughDoor, withDoorOptions } from '../vault/vault-door.js';

interface SubmitOptions extends DoorOptions {
  readonly product?: string;
  readonly productVersion?: string;
  readonly delete?: true;
}

const SOME_NOT_SENT = 1;

/** `crashkeep submit`: exit 0 all are in the vault, 1 some not, 2 usage or no vault. */
export function submitCommand(): Command {
  const submit = new Command('submit')
    .description(
      'send minidumps and cores, also .zst ones; what was cut off is sent again, and the vault keeps it once',
    )
    .argument('<file...>', 'minidumps or ELF cores')
    .option('--product <name>', 'the program that crashed')
    .option('--product-version <version>', 'its version')
    .option('--delete', 'remove each file once the vault has said that it keeps it')
    .action(async (files: string[], options: SubmitOptions) => {
      process.exitCode = await throughDoor(options, 'ingest', (door) => submitFiles(files, options, door));
    });
  return withDoorOptions(submit);
}

async function submitFiles(files: readonly string[], options: SubmitOptions, door: VaultDoor): Promise<number> {
  const { product, productVersion } = options;
  const fields = {
    ...(product === undefined ? {} : { prod: product }),
    ...(productVersion === undefined ? {} : { ver: productVersion }),
  };
  const uploads = new PendingUploads();
  let areAllSent = true;
  for (const path of files) {
    const before = statSync(path, { throwIfNoEntry: false });
    const submitted = await submitDump(path, fields, door, uploads);
    if (submitted.id === null) {
      areAllSent = false;
      console.error(`${path}: ${submitted.why}`);
      continue;
    }
    console.log(`${submitted.id}  ${path}`);
    if (options.delete === true && !removeSent(path, before?.mtimeMs)) areAllSent = false;
    submitted.forget();
  }
  return areAllSent ? 0 : SOME_NOT_SENT;
}

/** Only the file that was sent: one that was written anew meanwhile stays. */
function removeSent(path: string, mtimeMs: number | undefined): boolean {
  try {
    if (statSync(path).mtimeMs !== mtimeMs) throw new Error('changed');
    unlinkSync(path);
    return true;
  } catch {
    console.error(`${path}: it is in the vault, but the file here could not be removed`);
    return false;
  }
}
