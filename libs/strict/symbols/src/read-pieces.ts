import type { ByteSource } from '@crashkeep/snapshot';
import { SymbolsError } from './symbols-error.js';

/** Bytes that are asked of a source at a time: a pipe to a parent has a largest answer. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** Exactly `length` bytes of a file, as a copy. Throws `symbols.damaged-image` where it is shorter. */
export function readPieces(source: ByteSource, offset: number, length: number): Uint8Array {
  if (!(offset >= 0 && length >= 0 && offset + length <= source.size)) throw new SymbolsError('symbols.damaged-image');
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += PIECE_BYTES)
    bytes.set(source.read(offset + at, Math.min(PIECE_BYTES, length - at)), at);
  return bytes;
}

/** The first piece of a file. */
export function firstPiece(source: ByteSource): Uint8Array {
  return Uint8Array.from(source.read(0, Math.min(PIECE_BYTES, source.size)));
}

/** A file from its beginning to its end, piece by piece, each read once; `first` is what `firstPiece` gave. */
export function* piecesOf(source: ByteSource, first: Uint8Array): Generator<Uint8Array> {
  yield first;
  for (let at = first.length; at < source.size; at += PIECE_BYTES)
    yield source.read(at, Math.min(PIECE_BYTES, source.size - at));
}
