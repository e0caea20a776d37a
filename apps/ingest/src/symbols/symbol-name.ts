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

/** The path of a PUT. Its last name is the file's own (`app.sym`, `libfoo.so.debug`) and says nothing that counts. */
export function symbolNameOfPath(debugFile: string, debugId: string, name: string): SymbolName {
  if (!FILE_NAME.test(name) || /^\.+$/.test(name)) throw new IngestError('symbols.malformed');
  return symbolName(debugFile, debugId);
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

/** An ELF or PE file: the worker reads symbols from it, and refuses it where it is of another debug id. */
export function isImage(head: Buffer): boolean {
  return head.toString('latin1', 0, 4) === '\x7fELF' || head.toString('latin1', 0, 2) === 'MZ';
}
