import { IngestError } from '../ingest-error.js';

/** Under what a symbol file is found: `<debug_file>/<DEBUGID>/<name>.sym`, the layout that symupload and dump_syms use. */
export interface SymbolName {
  /** Leaf name of the module's debug file. */
  readonly debugFile: string;
  /** GUID and age as upper-case hex without hyphens: 32 digits and at least one. */
  readonly debugId: string;
}

/** What Mozilla's symbol server takes in names; none of it moves between folders. */
const FILE_NAME = /^[A-Za-z0-9_.+{}@<> ~-]{1,255}$/;
const DEBUG_ID = /^[0-9A-F]{33,40}$/;

export function symbolName(debugFile: string, debugId: string): SymbolName {
  const id = debugId.toUpperCase();
  if (!FILE_NAME.test(debugFile) || /^\.+$/.test(debugFile) || !DEBUG_ID.test(id))
    throw new IngestError('symbols.malformed');
  return { debugFile, debugId: id };
}

/** The path of a PUT: its last name repeats the debug file, with `.sym` for `.pdb` or behind the rest. */
export function symbolNameOfPath(debugFile: string, debugId: string, name: string): SymbolName {
  const known = symbolName(debugFile, debugId);
  if (!FILE_NAME.test(name) || !name.toLowerCase().endsWith('.sym')) throw new IngestError('symbols.malformed');
  return known;
}

/** Bytes that a MODULE record fits in. */
export const MODULE_RECORD_BYTES = 1024;

/** The names in a file's first record, `MODULE <os> <cpu> <debug id> <debug file>`, or null where it has none. */
export function moduleRecord(head: Buffer): SymbolName | null {
  const line = head.toString('utf8').split(/\r?\n/, 1)[0] ?? '';
  const [, debugId, debugFile] = /^MODULE \S+ \S+ ([0-9A-Fa-f]+) (\S.*)$/.exec(line) ?? [];
  if (debugId === undefined || debugFile === undefined) return null;
  return symbolName(debugFile.trim(), debugId);
}
