import { createReadStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { FileSource } from '../scan/file-source.js';
import { filesIn } from '../scan/files-in.js';
import { dumpedTexts, foreignKindOf } from './dumped-symbols.js';
import { type Identified, type SymbolUpload, identify, identifyBytes } from './symbol-upload.js';
import { zipMembers } from './zip-members.js';

export type FoundFile = SymbolUpload | { readonly label: string; readonly why: string };

/** A MODULE record and a little more; what a gzip says of itself must be enough. */
const HEAD_BYTES = 4096;

/**
 * Symbol files of the paths given: text, gzipped text, ELF and PE files, PDBs and Mach-O files by dump_syms, zips, and folders with all that is in them. What is
 * no symbol file is passed over in folders and zips, and told of where it was named.
 */
export async function* findSymbolFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const path of new Set(filesIn(paths))) {
    const isNamed = paths.includes(path);
    for await (const found of lookAt(path)) {
      const isForeign = 'why' in found && found.foreign === true;
      if (isNamed || !isForeign) yield found;
    }
  }
}

type Looked = SymbolUpload | { readonly label: string; readonly why: string; readonly foreign?: boolean };

async function* lookAt(path: string): AsyncGenerator<Looked> {
  try {
    if (/\.zip$/i.test(path)) yield* zipMembers(path);
    else if (/\.gz$/i.test(path)) yield uploadOf(path, identifyBytes(path, await gunzippedHead(path)), true);
    else yield* lookAtFile(path);
  } catch (error) {
    // A file that vanished, is not ours to read, or is no gzip or zip after all: the others are still sent.
    if (!(error instanceof Error)) throw error;
    yield { label: path, why: 'it cannot be read' };
  }
}

async function* lookAtFile(path: string): AsyncGenerator<Looked> {
  const kind = foreignKindOf(path);
  if (kind === null) {
    yield uploadOf(path, identifyFile(path), false);
    return;
  }
  for await (const text of dumpedTexts(path, kind)) {
    if ('why' in text) yield { label: path, ...text, foreign: kind === 'fat-macho' };
    else yield { ...uploadOf(text.path, identifyFile(text.path), false), label: path };
  }
}

function identifyFile(path: string): Identified {
  const source = new FileSource(path);
  try {
    return identify(path, source);
  } finally {
    source.close();
  }
}

function uploadOf(path: string, identified: Identified, isGzip: boolean): Looked {
  if (identified === null) return { label: path, why: 'it is no symbol file', foreign: true };
  if ('why' in identified) return { label: path, ...identified, foreign: true };
  const length = statSync(path).size;
  return { label: path, ...identified, length, isGzip, pieces: () => createReadStream(path) };
}

async function gunzippedHead(path: string): Promise<Buffer> {
  const file = createReadStream(path);
  const text = file.pipe(createGunzip());
  file.on('error', (error) => text.destroy(error));
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of text) {
    pieces.push(piece as Buffer);
    bytes += (piece as Buffer).length;
    if (bytes >= HEAD_BYTES) break;
  }
  file.destroy();
  return Buffer.concat(pieces);
}
