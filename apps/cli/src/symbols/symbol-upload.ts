import { basename } from 'node:path';
import { BufferSource, type ByteSource } from '@crashkeep/snapshot';
import { SymbolsError, identifySymbolFile } from '@crashkeep/symbols';

/** A file that can be sent. */
export interface SymbolUpload {
  /** As a person knows it: its path, or its path in a zip. */
  readonly label: string;
  readonly debugFile: string;
  readonly debugId: string;
  /** The last part of the address. */
  readonly leaf: string;
  /** Bytes that are sent. */
  readonly length: number;
  readonly isGzip: boolean;
  pieces(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** `null`: no symbol file. `why`: one that cannot be sent. */
export type Identified = Pick<SymbolUpload, 'debugFile' | 'debugId' | 'leaf'> | { readonly why: string } | null;

export function identify(label: string, source: ByteSource): Identified {
  try {
    const found = identifySymbolFile(source);
    if (found === null) return null;
    const { kind, debugId } = found;
    if (debugId === '')
      return { why: kind === 'elf' ? 'it has no build id' : 'it names no PDB, so it has no debug id' };
    // A library's debug file goes under the library's name: that is what a dump calls the module.
    const debugFile = kind === 'elf' ? basename(label).replace(/\.debug$/, '') : found.debugFile;
    return { debugFile, debugId, leaf: kind === 'breakpad' ? `${debugFile.replace(/\.pdb$/i, '')}.sym` : debugFile };
  } catch (error) {
    if (error instanceof SymbolsError) return { why: 'its headers are damaged' };
    throw error;
  }
}

export function identifyBytes(label: string, bytes: Buffer): Identified {
  return identify(label, new BufferSource(bytes));
}
