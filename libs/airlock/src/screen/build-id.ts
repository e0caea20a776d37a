import type { Grammar } from './grammar.js';
import { mintScreenedText } from '@crashkeep/report/mint';

/** Breakpad's form: 32 upper hex digits of the GUID, then the age in either case. Random by nature: its place in a module's record is what vouches for it. */
export const debugId: Grammar = (text) =>
  /^[0-9A-F]{32}[0-9A-Fa-f]{1,8}$/.test(text) ? mintScreenedText(text, 40) : null;

/** A build id (SHA-1, UUID or shorter), or a PE file's time stamp and size. SHA-256 and longer is refused: no linker writes it. */
export const codeId: Grammar = (text) => (/^[0-9A-Fa-f]{4,40}$/.test(text) ? mintScreenedText(text, 40) : null);
