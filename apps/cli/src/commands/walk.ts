import { statSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { WalkError, WalkRunner } from '@crashkeep/walk';
import { FormCache, formCacheFolder } from '../walk/form-cache.js';
import { FileError, LocalFile } from '../walk/local-file.js';
import { SymbolFolders } from '../walk/symbol-folders.js';
import { TraceText } from '../walk/trace-text.js';
import { idOf, uniformWalk } from '../walk/uniform-walk.js';

interface WalkOptions {
  readonly symbols: readonly string[];
  readonly json?: true;
  readonly cache: boolean;
}

/** `crashkeep walk`: offline, and of the user's own files, so nothing is withheld. Exit 0 all walked, 1 some not, 2 usage. */
export function walkCommand(): Command {
  return new Command('walk')
    .description('walk minidumps and cores on this machine; nothing leaves it')
    .argument('<file...>', 'minidumps or ELF cores')
    .option('--symbols <dir>', 'folder of symbols in Breakpad layout; may be given more than once', addFolder, [])
    .option('--json', 'one JSON object a line and file')
    .option('--no-cache', 'convert symbols anew, and keep nothing of them on this machine')
    .action(async (files: string[], options: WalkOptions) => {
      const runner = new WalkRunner();
      try {
        const allWalked = await walkFiles(files, options, runner);
        if (!allWalked) process.exitCode = 1;
      } finally {
        runner.close();
      }
    });
}

function addFolder(folder: string, folders: readonly string[]): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new InvalidArgumentError('It is not a folder.');
  }
  return [...folders, folder];
}

async function walkFiles(files: readonly string[], options: WalkOptions, runner: WalkRunner): Promise<boolean> {
  const symbols = new SymbolFolders(
    options.symbols,
    runner,
    options.cache ? new FormCache(formCacheFolder(process.env)) : null,
  );
  const text = new TraceText(process.stdout.isTTY && process.env['NO_COLOR'] === undefined);
  let allWalked = true;
  for (const path of files) {
    const outcome = await walkFile(path, symbols, runner);
    allWalked &&= !('code' in outcome);
    if (options.json === true) process.stdout.write(`${JSON.stringify(jsonOf(path, outcome))}\n`);
    else process.stdout.write('code' in outcome ? text.failure(path, outcome.code) : text.walk(outcome.walk, path));
  }
  return allWalked;
}

type Outcome = { readonly walk: Awaited<ReturnType<WalkRunner['walk']>> } | { readonly code: string };

async function walkFile(path: string, symbols: SymbolFolders, runner: WalkRunner): Promise<Outcome> {
  try {
    const source = await LocalFile.open(path);
    try {
      const find = symbols.find.bind(symbols);
      return { walk: await runner.walk({ source, symbols: find, project: 'own', addresses: true }) };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof WalkError || error instanceof FileError) return { code: error.code };
    throw error;
  }
}

function jsonOf(path: string, outcome: Outcome): object {
  return 'code' in outcome
    ? { id: idOf(path), dump: path, error: { code: outcome.code } }
    : uniformWalk(outcome.walk, path);
}
