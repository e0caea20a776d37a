import { IngestError } from '../ingest-error.js';
import { type SymbolName, symbolName } from './symbol-name.js';

/** sym-upload-v2 finds fields by regular expressions that want camelCase and one space behind the colon. */
export function forRegularExpressions(answer: Readonly<Record<string, string>>): string {
  return JSON.stringify(answer, null, 1);
}

export const MAX_COMPLETE_BYTES = 4096;

/**
 * The symbol that `uploads/<key>:complete` speaks of. The body only looks like JSON: real clients leave the quotes of names
 * away (`{ symbol_id: {debug_file: "x", debug_id: "y" }, symbol_upload_type: "BREAKPAD" }`).
 */
export function completedSymbol(text: string): SymbolName {
  const valueOf = (name: string) => new RegExp(`"?${name}"?\\s*:\\s*"([^"\\\\]{1,255})"`).exec(text)?.[1] ?? '';
  if (text.length > MAX_COMPLETE_BYTES) throw new IngestError('symbols.malformed');
  return symbolName(valueOf('debug_file'), valueOf('debug_id'));
}
