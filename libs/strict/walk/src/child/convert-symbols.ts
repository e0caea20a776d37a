import type { ByteSource } from '@crashkeep/snapshot';
import { convertBreakpadSymbols, type ConvertedSymbols } from '@crashkeep/symbols';
import { ANSWER_BYTES_MAX } from '../wire/limits.js';

/** Text that is read at a time: one round each. */
const TEXT_BYTES = ANSWER_BYTES_MAX;

/** Converts the symbol text that `openText` opens; it is read once, from its beginning. */
export async function convertSymbols(
  openText: () => ByteSource,
  formBytesMax: number,
  demangle: (name: string) => string,
): Promise<ConvertedSymbols> {
  return convertBreakpadSymbols(piecesOf(openText), { demangle, maxFormBytes: formBytesMax });
}

/** A source of its own for each piece, so that no piece is kept. */
function* piecesOf(openText: () => ByteSource): Generator<Uint8Array> {
  const { size } = openText();
  for (let at = 0; at < size; at += TEXT_BYTES) yield openText().read(at, Math.min(TEXT_BYTES, size - at));
}
