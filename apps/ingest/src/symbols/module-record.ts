import { type SymbolName, isFileName, symbolName } from './symbol-name.js';

/** Bytes that a MODULE record and an INFO CODE_ID record fit in. */
export const MODULE_RECORD_BYTES = 2048;

/** The names in a file's first record, `MODULE <os> <cpu> <debug id> <debug file>`, or null where it has none. Throws `symbols.malformed`. */
export function moduleRecord(head: Buffer): SymbolName | null {
  const [line = ''] = linesOf(head);
  const [, debugId, debugFile] = /^MODULE \S+ \S+ ([0-9A-Fa-f]+) (\S.*)$/.exec(line) ?? [];
  if (debugId === undefined || debugFile === undefined) return null;
  return symbolName(debugFile.trim(), debugId);
}

export interface CodeName {
  /** Upper case. */
  readonly codeId: string;
  /** Leaf name of the image; null where the record does not tell it, as none of Linux does. */
  readonly codeFile: string | null;
}

/** What `INFO CODE_ID <id> <image>` says, the record after MODULE. */
export function codeIdRecord(head: Buffer): CodeName | null {
  const [, codeId, codeFile] = /^INFO CODE_ID ([0-9A-Fa-f]+)(?: (\S.*))?$/.exec(linesOf(head)[1] ?? '') ?? [];
  if (codeId === undefined) return null;
  return { codeId: codeId.toUpperCase(), codeFile: codeFile !== undefined && isFileName(codeFile) ? codeFile : null };
}

function linesOf(head: Buffer): string[] {
  return head.toString('utf8').split(/\r?\n/, 2);
}
