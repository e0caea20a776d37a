import { Command, Option } from 'commander';
import { fileLine, findingLine } from '../scan/finding-lines.js';
import { filesIn } from '../scan/files-in.js';
import { sarifLog, type ScannedFile } from '../scan/sarif.js';
import { scanFile } from '../scan/scan-file.js';
import { scanTable } from '../scan/scan-table.js';

interface ScanOptions {
  readonly json?: true;
  readonly sarif?: true;
}

const FOUND = 1;
const FAILED = 2;
/** From here on a finding is more than a shape. */
const TELLING_LEVEL = 2;

/** `crashkeep scan`: offline, of one's own files. Exit 0 nothing at level 2 or above, 1 something, 2 usage or failure. */
export function scanCommand(): Command {
  return new Command('scan')
    .description('search dumps, files and folders on this machine for keys and credentials; nothing leaves it')
    .argument('<file...>', 'minidumps, ELF cores, any other files, or folders of them')
    .addOption(new Option('--json', 'one JSON object a line and finding, then one a file').conflicts('sarif'))
    .addOption(new Option('--sarif', 'one SARIF 2.1.0 log'))
    .action((paths: string[], options: ScanOptions) => {
      process.exitCode = scanPaths(paths, options);
    });
}

function scanPaths(paths: readonly string[], options: ScanOptions): number {
  const scanned: ScannedFile[] = [];
  const failed: string[] = [];
  let found = false;
  for (const file of filesIn(paths)) {
    const isShown = process.stderr.isTTY;
    if (isShown) process.stderr.write(`scanning ${file}\r`);
    const outcome = scanFile(file);
    if (isShown) process.stderr.write('\u001b[2K');
    if ('code' in outcome) {
      failed.push(file);
      if (options.json === true) writeLine({ file, error: { code: outcome.code } });
      else process.stderr.write(`${file}: ${outcome.code}\n`);
      continue;
    }
    const { result } = outcome;
    found ||= result.findings.some(({ level }) => level >= TELLING_LEVEL);
    if (options.sarif === true) scanned.push({ file, result });
    else if (options.json === true) writeJson({ file, result });
    else process.stdout.write(scanTable(file, result));
  }
  if (options.sarif === true) writeLine(sarifLog(scanned, failed));
  return failed.length > 0 ? FAILED : found ? FOUND : 0;
}

function writeJson({ file, result }: ScannedFile): void {
  for (const finding of result.findings) writeLine(findingLine(file, finding));
  writeLine(fileLine(file, result));
}

function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
