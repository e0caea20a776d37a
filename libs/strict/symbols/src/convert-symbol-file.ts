import type { ByteSource } from '@crashkeep/snapshot';
import { convertBreakpadSymbols } from './breakpad/convert-breakpad-symbols.js';
import type { ConversionOptions, ConvertedSymbols } from './conversion.js';
import { convertElfSymbols } from './elf/convert-elf-symbols.js';
import { convertPeSymbols } from './pe/convert-pe-symbols.js';
import { firstPiece, piecesOf } from './read-pieces.js';

/**
 * Converts what was uploaded, by what it begins with: an ELF or PE file, else Breakpad text, of which each byte is read once. Throws
 * `SymbolsError`.
 */
export async function convertSymbolFile(
  source: ByteSource,
  options: ConversionOptions = {},
): Promise<ConvertedSymbols> {
  const first = firstPiece(source);
  const head = Buffer.from(first.subarray(0, 4)).toString('latin1');
  if (head === '\u007fELF') return convertElfSymbols(source, options);
  if (head.startsWith('MZ')) return convertPeSymbols(source, options);
  return convertBreakpadSymbols(piecesOf(source, first), options);
}
