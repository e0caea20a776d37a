import type { ByteSource } from '@crashkeep/snapshot';
import { convertSymbolFile, type ConvertedSymbols } from '@crashkeep/symbols';

/** Converts the symbol file (Breakpad text, ELF, PE) that `open` opens. */
export async function convertSymbols(
  open: () => ByteSource,
  formBytesMax: number,
  demangle: (name: string) => string,
): Promise<ConvertedSymbols> {
  return convertSymbolFile(forgetful(open), { demangle, maxFormBytes: formBytesMax });
}

/** A source of its own for each read, so that no piece is kept. */
function forgetful(open: () => ByteSource): ByteSource {
  return {
    size: open().size,
    read: (offset, length) => open().read(offset, length),
    prefetch: () => undefined,
  };
}
