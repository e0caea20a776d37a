import { IngestError } from '../ingest-error.js';

/** Under what a symbol file is found: `<debug_file>/<DEBUGID>/<name>.sym`, the layout that symupload and dump_syms use. */
export interface SymbolName {
  /** Leaf name of the module's debug file. */
  readonly debugFile: string;
  /** GUID and age as upper-case hex without hyphens: 32 digits and at least one. Of an address by code id, that. */
  readonly debugId: string;
  /** The image's own leaf name, where the address tells it. */
  readonly codeFile: string | null;
}

/** What Mozilla's symbol server takes in names; none of it moves between folders. */
const FILE_NAME = /^[A-Za-z0-9_.+{}@<> ~-]{1,255}$/;
const DEBUG_ID = /^[0-9A-F]{33,40}$/;
/** Link time and size of a Windows image: how symbol servers file it, and all that names one without a debug id. */
const CODE_ID = /^[0-9A-F]{9,16}$/;

/** Throws `symbols.malformed`. */
export function symbolName(debugFile: string, debugId: string): SymbolName {
  const id = debugId.toUpperCase();
  if (!isFileName(debugFile) || !DEBUG_ID.test(id)) throw new IngestError('symbols.malformed');
  return { debugFile, debugId: id, codeFile: null };
}

/**
 * The path of a PUT: `<debug_file>/<DEBUGID>/<name>`, or `<code_file>/<CODEID>/<name>`. The last name is the file's own (`app.sym`,
 * `app.exe`, `libfoo.so.debug`); of an image it is what dumps call it. Throws `symbols.malformed`.
 */
export function symbolNameOfPath(debugFile: string, debugId: string, name: string): SymbolName {
  if (!isFileName(name)) throw new IngestError('symbols.malformed');
  const id = debugId.toUpperCase();
  if (isFileName(debugFile) && CODE_ID.test(id)) return { debugFile, debugId: id, codeFile: debugFile };
  return { ...symbolName(debugFile, debugId), codeFile: name };
}

/** Whether the address is by code id. */
export function isByCodeId({ debugId }: SymbolName): boolean {
  return CODE_ID.test(debugId);
}

/** A leaf name that leads nowhere else. */
export function isFileName(name: string): boolean {
  return FILE_NAME.test(name) && !/^\.+$/.test(name);
}
