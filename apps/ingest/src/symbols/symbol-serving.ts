import type { VerifiedToken } from '@crashkeep/identity';
import { elfDebugId } from '@crashkeep/snapshot';
import {
  type SymbolFileRow,
  type SymbolKind,
  findSymbolFiles,
  findSymbolFilesByCodeName,
  findSymbolFilesByDebugId,
} from '@crashkeep/strict-store';
import { IngestError } from '../ingest-error.js';
import type { Intake } from '../intake.js';
import { elfFacts } from './elf-facts.js';
import { fileOfKind } from './stored-kinds.js';
import { symbolFamily } from './symbol-family.js';
import { type SymbolName, isByCodeId, symbolNameOfPath } from './symbol-name.js';

/** A stored file that a request may have. */
export interface FoundSymbols {
  readonly key: string;
  readonly bytes: number;
  /** SHA-256 of the file, hex, as it came. */
  readonly sha256: string;
  readonly type: 'text/plain; charset=utf-8' | 'application/octet-stream';
}

/** Files of one debug id that are looked at: all kinds, under a few names each. */
const FILES_MAX = 32;
const BUILD_ID = /^(?:[0-9a-f]{2}){8,64}$/;

/**
 * By Breakpad's layout, also by code file and code id. A name that ends in `.sym` asks for text, `.pdb` for that, `.debug` for a debug
 * file, every other one for the image: a reader of one cannot read the other. Throws `symbols.not-found`, of another project's
 * files as well.
 */
export async function findByLayout(
  intake: Intake,
  { project }: VerifiedToken,
  path: { readonly debugFile: string; readonly debugId: string; readonly name: string },
): Promise<FoundSymbols> {
  const name = symbolNameOfPath(path.debugFile, path.debugId, path.name);
  const files = await namedFiles(intake, { project, ...name });
  const file = await fileOfKind(intake.symbols, files, kindsFor(path.name));
  if (!file) throw new IngestError('symbols.not-found');
  const family = symbolFamily(await intake.symbols.read(file.objectKey, 0, Math.min(32, file.bytes)));
  return found(file, family === 'breakpad' ? 'text/plain; charset=utf-8' : 'application/octet-stream');
}

async function namedFiles(
  { store }: Intake,
  name: SymbolName & { readonly project: VerifiedToken['project'] },
): Promise<SymbolFileRow[]> {
  const named = await findSymbolFiles(store.rows, name);
  if (!isByCodeId(name)) return named;
  const { project, debugFile: codeFile, debugId: codeId } = name;
  return [...named, ...(await findSymbolFilesByCodeName(store.rows, { project, codeFile, codeId }, FILES_MAX))];
}

function kindsFor(name: string): readonly SymbolKind[] {
  if (/\.sym$/i.test(name)) return ['breakpad'];
  if (/\.pdb$/i.test(name)) return ['pdb', 'pe'];
  if (/\.debug$/i.test(name)) return ['elf-debug', 'elf-full'];
  return ['elf-full', 'elf', 'pe', 'macho', 'elf-debug'];
}

/**
 * By build id, as debuginfod's clients ask: `executable` has the code, `debuginfo` the DWARF; an unstripped file is both. Throws
 * `symbols.not-found`.
 */
export async function findByBuildId(
  { store, symbols }: Intake,
  { project }: VerifiedToken,
  { buildId, kind }: { readonly buildId: string; readonly kind: string },
): Promise<FoundSymbols> {
  const isAsked = BUILD_ID.test(buildId) && (kind === 'executable' || kind === 'debuginfo');
  const debugId = isAsked ? elfDebugId(Buffer.from(buildId, 'hex'), true) : null;
  if (debugId === null) throw new IngestError('symbols.not-found');
  for (const file of await findSymbolFilesByDebugId(store.rows, { project, debugId }, FILES_MAX)) {
    const facts = await elfFacts((offset, length) => symbols.read(file.objectKey, offset, length), file.bytes);
    const wanted = kind === 'executable' ? facts?.hasCode : facts?.hasDebugInfo;
    if (facts?.buildId === buildId && wanted === true) return found(file, 'application/octet-stream');
  }
  throw new IngestError('symbols.not-found');
}

function found({ objectKey: key, bytes, sha256 }: SymbolFileRow, type: FoundSymbols['type']): FoundSymbols {
  return { key, bytes, sha256, type };
}
