import type { StrictRows } from './strict-store.js';
import { SYMBOL_COLUMNS, type SymbolFileRow, symbolFileOf } from './symbol-file.js';

export interface DebugName {
  readonly project: string;
  readonly debugFile: string;
  readonly debugId: string;
}

/** All kinds that a project has under one name, oldest first. */
export async function findSymbolFiles(rows: StrictRows, name: DebugName): Promise<SymbolFileRow[]> {
  const { project, debugFile, debugId } = name;
  const found = await rows.symbol_file.findMany({
    where: { project, debug_file: debugFile, debug_id: debugId },
    orderBy: OLDEST_FIRST,
    select: SYMBOL_COLUMNS,
  });
  return found.map(symbolFileOf);
}

/** A project's files of one debug id, whatever their names: a library, its debug file, their text. Oldest first. */
export async function findSymbolFilesByDebugId(
  rows: StrictRows,
  { project, debugId }: Omit<DebugName, 'debugFile'>,
  limit: number,
): Promise<SymbolFileRow[]> {
  const found = await rows.symbol_file.findMany({
    where: { project, debug_id: debugId },
    orderBy: OLDEST_FIRST,
    take: limit,
    select: SYMBOL_COLUMNS,
  });
  return found.map(symbolFileOf);
}

/** Windows images and their texts by what a dump without debug ids calls them. Code ids are kept in upper case. Oldest first. */
export async function findSymbolFilesByCodeName(
  rows: StrictRows,
  name: { readonly project: string; readonly codeFile: string; readonly codeId: string },
  limit: number,
): Promise<SymbolFileRow[]> {
  const { project, codeFile, codeId } = name;
  const found = await rows.symbol_file.findMany({
    where: { project, code_id: codeId, code_file: { equals: codeFile, mode: 'insensitive' } },
    orderBy: OLDEST_FIRST,
    take: limit,
    select: SYMBOL_COLUMNS,
  });
  return found.map(symbolFileOf);
}

/** The project's files that have a form, by any of these ids: of all modules of a dump in one question. Oldest first. */
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
    orderBy: OLDEST_FIRST,
    select: SYMBOL_COLUMNS,
  });
  return found.map(symbolFileOf);
}

/** Which of these object keys no symbol file names, neither as its upload nor as its compact form. */
export async function orphanSymbolKeys(rows: StrictRows, objectKeys: readonly string[]): Promise<string[]> {
  const keys = { in: [...objectKeys] };
  const found = await rows.symbol_file.findMany({
    where: { OR: [{ object_key: keys }, { form_key: keys }] },
    select: { object_key: true, form_key: true },
  });
  const known = new Set(found.flatMap(({ object_key, form_key }) => [object_key, form_key]));
  return objectKeys.filter((key) => !known.has(key));
}

/** The id breaks ties, so that the first is the same for everybody. */
const OLDEST_FIRST: [{ created_at: 'asc' }, { id: 'asc' }] = [{ created_at: 'asc' }, { id: 'asc' }];
