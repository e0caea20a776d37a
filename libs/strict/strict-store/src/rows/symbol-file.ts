import type { StrictRows } from './strict-store.js';
import type { SymbolKind } from './symbol-kind.js';

/** `naming`: the form is there and serves; walks that were stored without it are being named (DESIGN.md 4). */
export type SymbolState = 'queued' | 'converting' | 'naming' | 'ready' | 'refused';

/** A symbol file of one project. Names come from who uploaded it; only the object keys are ours. */
export interface SymbolFileRow {
  readonly id: string;
  readonly project: string;
  readonly kind: SymbolKind;
  /** The module's debug file, a leaf name: `app.pdb`, `libfoo.so`. */
  readonly debugFile: string;
  /** 33 or more hex digits, upper case: GUID and age. Or the code id, where an image was sent under that. */
  readonly debugId: string;
  /** Leaf name of the image that it is, or is of, as the upload tells it. */
  readonly codeFile: string | null;
  /** As the file itself tells it, once it is converted. */
  readonly codeId: string | null;
  /** SHA-256 of what was uploaded, hex. */
  readonly sha256: string;
  readonly objectKey: string;
  readonly bytes: number;
  /** Object key of the compact form, once converted. */
  readonly formKey: string | null;
  readonly state: SymbolState;
  readonly failure: string | null;
}

export const SYMBOL_COLUMNS = {
  id: true,
  project: true,
  kind: true,
  debug_file: true,
  debug_id: true,
  code_file: true,
  code_id: true,
  sha256: true,
  object_key: true,
  bytes: true,
  form_key: true,
  state: true,
  failure: true,
} as const;

/** False where the project has that kind of file of that debug id: the first upload wins, so nobody can replace a trace's names later. */
export async function insertSymbolFile(
  rows: StrictRows,
  file: Omit<SymbolFileRow, 'codeId' | 'formKey' | 'state' | 'failure'> & { readonly tokenId: string },
): Promise<boolean> {
  const { count } = await rows.symbol_file.createMany({
    data: {
      id: file.id,
      project: file.project,
      kind: file.kind,
      debug_file: file.debugFile,
      debug_id: file.debugId,
      code_file: file.codeFile,
      sha256: file.sha256,
      object_key: file.objectKey,
      bytes: BigInt(file.bytes),
      token_id: file.tokenId,
    },
    skipDuplicates: true,
  });
  return count === 1;
}

export async function findSymbolFileById(rows: StrictRows, id: string): Promise<SymbolFileRow | null> {
  const row = await rows.symbol_file.findUnique({ where: { id }, select: SYMBOL_COLUMNS });
  return row && symbolFileOf(row);
}

/** Files that wait to be converted or to name older walks, oldest first: what the sweeper puts on the queue again. */
export async function findUnconverted(rows: StrictRows, limit: number): Promise<string[]> {
  const found = await rows.symbol_file.findMany({
    where: { state: { in: ['queued', 'converting', 'naming'] } },
    orderBy: { created_at: 'asc' },
    take: limit,
    select: { id: true },
  });
  return found.map(({ id }) => id);
}

/** Whether symbols of the project are still on their way: a walk waits a little for them (DESIGN.md 4). */
export async function countUnconverted(rows: StrictRows, project: string): Promise<number> {
  return rows.symbol_file.count({ where: { project, state: { in: ['queued', 'converting'] } } });
}

export interface SymbolChange {
  readonly state: SymbolState;
  readonly formKey?: string | null;
  readonly codeId?: string | null;
  readonly failure?: string;
}

/** What is not named stays; a failure goes with the state that it was of. */
export async function setSymbolState(rows: StrictRows, id: string, change: SymbolChange): Promise<void> {
  const { state, formKey, codeId, failure } = change;
  await rows.symbol_file.updateMany({
    where: { id },
    data: {
      ...{ state, failure: failure ?? null },
      ...(formKey === undefined ? {} : { form_key: formKey }),
      ...(codeId === undefined ? {} : { code_id: codeId }),
    },
  });
}

/** Files that were refused for this reason are to be tried again: it holds no more. */
export async function requeueSymbols(rows: StrictRows, failure: string): Promise<void> {
  await rows.symbol_file.updateMany({ where: { state: 'refused', failure }, data: { state: 'queued', failure: null } });
}

/**
 * Until the transaction ends. Walks that are being written hold it together; a form that begins to serve waits for them, so
 * that each walk is either written with it or found by those who name walks again.
 */
export async function lockFormsOf(rows: StrictRows, project: string, mode: 'together' | 'alone'): Promise<void> {
  const name = `strict.forms/${project}`;
  if (mode === 'together') await rows.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
  else await rows.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

interface SymbolColumns {
  readonly id: string;
  readonly project: string;
  readonly kind: string;
  readonly debug_file: string;
  readonly debug_id: string;
  readonly code_file: string | null;
  readonly code_id: string | null;
  readonly sha256: string;
  readonly object_key: string;
  readonly bytes: bigint;
  readonly form_key: string | null;
  readonly state: string;
  readonly failure: string | null;
}

export function symbolFileOf(row: SymbolColumns): SymbolFileRow {
  return {
    id: row.id,
    project: row.project,
    kind: row.kind as SymbolKind,
    debugFile: row.debug_file,
    debugId: row.debug_id,
    codeFile: row.code_file,
    codeId: row.code_id,
    sha256: row.sha256,
    objectKey: row.object_key,
    bytes: Number(row.bytes),
    formKey: row.form_key,
    state: row.state as SymbolState,
    failure: row.failure,
  };
}
