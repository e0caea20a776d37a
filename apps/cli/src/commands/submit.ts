import { mkdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError, type VerifierKey, parseVerifierKey } from '@crashkeep/ledger';
import { Command } from 'commander';
import { PendingUploads } from '../submit/pending-uploads.js';
import { ReceiptError, checkedReceipt } from '../submit/receipt.js';
import { submitDump } from '../submit/submit-dump.js';
import { DoorError, type DoorOptions, type VaultDoor, throughDoor, withDoorOptions } from '../vault/vault-door.js';

interface SubmitOptions extends DoorOptions {
  readonly product?: string;
  readonly productVersion?: string;
  readonly delete?: true;
  readonly receipts?: string;
  readonly ledgerKey?: string;
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
    .option('--delete', 'remove each file once its receipt proves that the vault keeps these bytes')
    .option(
      '--receipts <folder>',
      'write the receipt of each dump there, as <id>.tlog-proof; `crashkeep audit verify` reads it',
    )
    .option(
      '--ledger-key <key>',
      "the ledger's public key; else that of the vault here, or the one it showed the first time",
    )
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
    // Until all is settled a new try is the same upload: it hears the same id, and asks for the receipt again.
    if (await settle(submitted.id, path, options, door, before?.mtimeMs)) submitted.forget();
    else areAllSent = false;
  }
  return areAllSent ? 0 : SOME_NOT_SENT;
}

/** What comes after the sending: a receipt that holds, and then the file's end. False where either is missing. */
async function settle(
  id: string,
  path: string,
  options: SubmitOptions,
  door: VaultDoor,
  mtimeMs: number | undefined,
): Promise<boolean> {
  if (options.delete !== true && options.receipts === undefined) return true;
  try {
    const receipt = await checkedReceipt(id, path, door, ledgerKeyOf(options));
    if (options.receipts !== undefined) {
      mkdirSync(options.receipts, { recursive: true });
      writeFileSync(join(options.receipts, `${id}.tlog-proof`), receipt);
    }
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    console.error(`${path}: it is sent, but ${error.message}${options.delete === true ? '; the file stays' : ''}`);
    return false;
  }
  return options.delete === true ? removeSent(path, mtimeMs) : true;
}

function ledgerKeyOf({ ledgerKey }: SubmitOptions): VerifierKey | null {
  try {
    return ledgerKey === undefined ? null : parseVerifierKey(ledgerKey);
  } catch (error) {
    if (error instanceof LedgerError) throw new DoorError('--ledger-key is no key: name+01234567+base64.');
    throw error;
  }
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
