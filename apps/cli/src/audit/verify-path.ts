import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  CHECKPOINT_PATH,
  type Checkpoint,
  KEYS_PATH,
  type Trust,
  type Verdict,
  checkpointText,
  parseCheckpoint,
  splitNotes,
  verifyExport,
  verifyReceipt,
  verifyTiles,
} from '@crashkeep/ledger';
import { ledgerFolder } from './ledger-folder.js';

const PROOF_HEAD = 'c2sp.org/tlog-proof@v1\n';

/** A folder of tiles, an export of the audit page, or a receipt: which it is, its own form says. */
export async function verifyPath(path: string, trust: Trust, successionsFile: string | null): Promise<Verdict> {
  if (statSync(path).isDirectory()) return verifyTiles(ledgerFolder(tilesUnder(path)), trust);
  if (!beginsWith(path, PROOF_HEAD)) return verifyExport(createInterface({ input: createReadStream(path) }), trust);
  const successions = splitNotes(successionsFile === null ? '' : await readFile(successionsFile, 'utf8'));
  const { findings, checkpoint, entry } = verifyReceipt(await readFile(path, 'utf8'), successions, trust);
  const at = entry?.at ?? null;
  return { findings, checkpoint, leaves: entry ? 1 : 0, from: at, to: at };
}

/** The folder itself, or `ledger` in it: whoever copies a state folder's objects has both. */
function tilesUnder(path: string): string {
  const inside = join(path, 'ledger');
  const isHere = existsSync(join(path, CHECKPOINT_PATH)) || existsSync(join(path, KEYS_PATH));
  return isHere || !existsSync(inside) ? path : inside;
}

function beginsWith(path: string, head: string): boolean {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(head.length);
  const read = readSync(file, bytes);
  closeSync(file);
  return read === head.length && bytes.toString('utf8') === head;
}

/** The checkpoint of the last time, from the file that `--remember` names; null where there is none yet. */
export function readRemembered(file: string): Checkpoint | null {
  return existsSync(file) ? parseCheckpoint(readFileSync(file, 'utf8')) : null;
}

export function writeRemembered(file: string, checkpoint: Checkpoint): void {
  writeFileSync(file, checkpointText(checkpoint));
}
