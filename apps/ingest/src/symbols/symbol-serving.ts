import type { VerifiedToken } from '@crashkeep/identity';
import { elfDebugId } from '@crashkeep/snapshot';
import { type SymbolFileRow, findSymbolFile, findSymbolFilesByDebugId } from '@crashkeep/strict-store';
import { IngestError } from '../ingest-error.js';
import type { Intake } from '../intake.js';
import { elfFacts } from './elf-facts.js';
import { isImage, symbolNameOfPath } from './symbol-name.js';

/** A stored file that a request may have. */
export interface FoundSymbols {
  readonly key: string;
  readonly bytes: number;
  readonly type: 'text/plain; charset=utf-8' | 'application/octet-stream';
}

/** Files of one debug id that are looked at: a library, its debug file, a text, and more than that is nobody's. */
const FILES_MAX = 8;
const BUILD_ID = /^(?:[0-9a-f]{2}){8,64}$/;

/**
 * By Breakpad's layout. A name that ends in `.sym` asks for text, every other one for the image, for a reader of one cannot read the
 * other. Throws `symbols.not-found`, of another project's files as well.
 */
export async function findByLayout(
  { store, symbols }: Intake,
  { project }: VerifiedToken,
  path: { readonly debugFile: string; readonly debugId: string; readonly name: string },
): Promise<FoundSymbols> {
  const known = symbolNameOfPath(path.debugFile, path.debugId, path.name);
  const file = await findSymbolFile(store.rows, { project, ...known });
  if (!file) throw new IngestError('symbols.not-found');
  const image = isImage(await symbols.read(file.objectKey, 0, Math.min(4, file.bytes)));
  if (image === path.name.toLowerCase().endsWith('.sym')) throw new IngestError('symbols.not-found');
  return found(file, image ? 'application/octet-stream' : 'text/plain; charset=utf-8');
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

function found({ objectKey: key, bytes }: SymbolFileRow, type: FoundSymbols['type']): FoundSymbols {
  return { key, bytes, type };
}
