import { Command } from 'commander';
import { type FoundFile, findSymbolFiles } from '../symbols/find-symbol-files.js';
import type { SymbolUpload } from '../symbols/symbol-upload.js';
import { patiently } from '../vault/patiently.js';
import { Progress } from '../vault/progress.js';
import { reasonOf } from '../vault/reason-of.js';
import { type VaultAnswer, sendBody } from '../vault/send-body.js';
import { type DoorOptions, type VaultDoor, throughDoor, withDoorOptions } from '../vault/vault-door.js';

const SOME_REFUSED = 1;
const NOTHING_TO_SEND = 2;

/** `crashkeep symbols upload`: exit 0 all are in the vault, 1 some were refused, 2 usage, no vault, or nothing to send. */
export function symbolsCommand(): Command {
  const upload = new Command('upload')
    .description(
      'send symbols: .sym and .sym.gz, ELF and PE files, PDBs and dSYMs where dump_syms is there, zips and folders',
    )
    .argument('<path...>', 'files, folders or zips')
    .action(async (paths: string[], options: DoorOptions) => {
      process.exitCode = await throughDoor(options, 'symbols', (door) => uploadSymbols(paths, door));
    });
  return new Command('symbols').description('symbols of your programs').addCommand(withDoorOptions(upload));
}

/** `passedOver`: another file of the same kind and module went before it in this run, and the vault keeps one of each kind. */
type Outcome = 'new' | 'there' | 'passedOver' | { readonly why: string };

const CONFLICT = 409;

async function uploadSymbols(paths: readonly string[], door: VaultDoor): Promise<number> {
  const counts = { new: 0, there: 0, passedOver: 0, refused: 0 };
  const kept = new Set<string>();
  const progress = new Progress();
  for await (const found of findSymbolFiles(paths)) {
    const outcome = await outcomeOf(found, door, { progress, kept });
    progress.clear();
    counts[typeof outcome === 'string' ? outcome : 'refused'] += 1;
    console.log(lineOf(found.label, outcome));
  }
  const passedOver = counts.passedOver === 0 ? '' : `, ${counts.passedOver} passed over`;
  console.log(`${counts.new} new, ${counts.there} already there${passedOver}, ${counts.refused} refused`);
  if (counts.new + counts.there + counts.refused === 0) return NOTHING_TO_SEND;
  return counts.refused > 0 ? SOME_REFUSED : 0;
}

async function outcomeOf(
  found: FoundFile,
  door: VaultDoor,
  { progress, kept }: { readonly progress: Progress; readonly kept: Set<string> },
): Promise<Outcome> {
  if ('why' in found) return found;
  const answer = await patiently(
    () => send(found, door, progress),
    (seconds) => {
      progress.say(`${found.label}  the vault is away, again in ${seconds} s`);
    },
  );
  const module = `${found.kind} ${found.debugFile}/${found.debugId}`;
  if (answer?.status === CONFLICT && kept.has(module)) return 'passedOver';
  if (answer?.status !== 200) return { why: reasonOf(answer) };
  kept.add(module);
  return /"stored":\s*false/.test(answer.text) ? 'there' : 'new';
}

function send(file: SymbolUpload, { origin, token }: VaultDoor, progress: Progress): Promise<VaultAnswer> {
  const address = [file.debugFile, file.debugId, file.leaf].map(encodeURIComponent).join('/');
  return sendBody({
    method: 'PUT',
    url: new URL(`/symbols/${address}`, origin),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'content-length': file.length,
      ...(file.isGzip ? { 'content-encoding': 'gzip' } : {}),
    },
    pieces: progress.of(file.label, file.length, file.pieces()),
  });
}

function lineOf(label: string, outcome: Outcome): string {
  if (outcome === 'new') return `new            ${label}`;
  if (outcome === 'passedOver') return `passed over    ${label}: the vault keeps one file of each kind of a module`;
  return outcome === 'there' ? `already there  ${label}` : `refused        ${label}: ${outcome.why}`;
}
