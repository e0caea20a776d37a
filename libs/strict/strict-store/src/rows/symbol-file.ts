import type { StrictRows } from './strict-store.js';

/** `naming`: the form is there and serves; walks that were stored without it are being named (DESIGN.md 4). */
export type SymbolState = 'queued' | 'converting' | 'naming' | 'ready' | 'refused';

/** A symbol file of one project. Names come from who uploaded it; only the object keys are ours. */
export interface SymbolFileRow {
  readonly id: string;
  readonly project: string;
  /** The module's debug file, a leaf name: `app.pdb`, `libfoo.so`. */
  readonly debugFile: string;
  /** 33 or more hex digits, upper case: GUID and age. */
  readonly debugId: string;
  readonly codeFile: string | null;
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

const SYMBOL_COLUMNS = {
  id: true,
  project: true,
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

/** False where the project has a file of that debug id: the first upload wins, so nobody can replace a trace's names later. */
export async function insertSymbolFile(
  rows: StrictRows,
  file: Omit<SymbolFileRow, 'formKey' | 'state' | 'failure'> & { readonly tokenId: string },
): Promise<boolean> {
  const { count } = await rows.symbol_file.createMany({
    data: {
      id: file.id,
      project: file.project,
      debug_file: file.debugFile,
      debug_id: file.debugId,
      code_file: file.codeFile,
      code_id: file.codeId,
      sha256: file.sha256,
      object_key: file.objectKey,
      bytes: BigInt(file.bytes),
      token_id: file.tokenId,
    },
    skipDuplicates: true,
  });
  return count === 1;
}

export interface DebugName {
  readonly project: string;
  readonly debugFile: string;
  readonly debugId: string;
}

export async function findSymbolFile(rows: StrictRows, name: DebugName): Promise<SymbolFileRow | null> {
  const { project, debugFile, debugId } = name;
  const row = await rows.symbol_file.findFirst({
    where: { project, debug_file: debugFile, debug_id: debugId },
    select: SYMBOL_COLUMNS,
  });
  return row && symbolFileOf(row);
}

/** A project's files of one debug id, whatever their names: a library, its debug file, their text. Oldest first. */
export async function findSymbolFilesByDebugId(
  rows: StrictRows,
  { project, debugId }: Omit<DebugName, 'debugFile'>,
  limit: number,
): Promise<SymbolFileRow[]> {
  const found = await rows.symbol_file.findMany({
    where: { project, debug_id: debugId },
    orderBy: { created_at: 'asc' },
    take: limit,
    select: SYMBOL_COLUMNS,
  });
  return found.map(symbolFileOf);
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

export async function setSymbolState(
  rows: StrictRows,
  id: string,
  change: { readonly state: SymbolState; readonly formKey?: string; readonly failure?: string },
): Promise<void> {
  const { state, formKey, failure } = change;
  await rows.symbol_file.updateMany({
    where: { id },
    data: { state, failure: failure ?? null, ...(formKey === undefined ? {} : { form_key: formKey }) },
  });
}

/** Which of these object keys no symbol file names, neither as its text nor as its compact form. */
export async function orphanSymbolKeys(rows: StrictRows, objectKeys: readonly string[]): Promise<string[]> {
  const keys = { in: [...objectKeys] };
  const found = await rows.symbol_file.findMany({
    where: { OR: [{ object_key: keys }, { form_key: keys }] },
    select: { object_key: true, form_key: true },
  });
  const known = new Set(found.flatMap(({ object_key, form_key }) => [object_key, form_key]));
  return objectKeys.filter((key) => !known.has(key));
}

/** The project's files that have a form, by any of these ids: of all modules of a dump in one question. */
export async function findForms(
  rows: StrictRows,
  project: string,
  ids: { readonly debugIds: readonly string[]; readonly codeIds: readonly string[] },
): Promise<SymbolFileRow[]> {
  const found = await rows.symbol_file.findMany({
    where: {
      project,
      form_key: { not: null },
      OR: [{ debug_id: { in: [...ids.debugIds] } }, { code_id: { in: [...ids.codeIds] } }],
    },
    orderBy: { created_at: 'asc' },
    select: SYMBOL_COLUMNS,
  });
  return found.map(symbolFileOf);
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

function symbolFileOf(row: SymbolColumns): SymbolFileRow {
  return {
    id: row.id,
    project: row.project,
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
