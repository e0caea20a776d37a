import { basename } from 'node:path';
import { BufferSource, type ByteSource } from '@crashkeep/snapshot';
import { type SymbolFileName, SymbolsError, identifySymbolFile } from '@crashkeep/symbols';

/** A file that can be sent. */
export interface SymbolUpload {
  /** As a person knows it: its path, or its path in a zip. */
  readonly label: string;
  readonly debugFile: string;
  readonly debugId: string;
  /** The last part of the address: the file's own name. */
  readonly leaf: string;
  readonly kind: SymbolFileName['kind'];
  /** Bytes that are sent. */
  readonly length: number;
  readonly isGzip: boolean;
  pieces(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** What a file is kept as, and under what. */
export type SymbolAddress = Pick<SymbolUpload, 'debugFile' | 'debugId' | 'leaf' | 'kind'>;

/** `null`: no symbol file. `why`: one that cannot be sent. */
export type Identified = SymbolAddress | { readonly why: string } | null;

export function identify(label: string, source: ByteSource): Identified {
  try {
    const found = identifySymbolFile(source);
    return found === null ? null : addressOf(found, basename(label));
  } catch (error) {
    if (error instanceof SymbolsError) return { why: 'its headers are damaged' };
    throw error;
  }
}

function addressOf(
  { kind, debugFile, debugId, codeId }: SymbolFileName,
  name: string,
): SymbolAddress | { why: string } {
  if (kind === 'breakpad') return { kind, debugFile, debugId, leaf: `${debugFile.replace(/\.pdb$/i, '')}.sym` };
  // A library's debug file goes under the library's name: that is what a dump calls the module.
  if (kind === 'elf') {
    const library = name.replace(/\.debug$/, '');
    return debugId === '' ? { why: 'it has no build id' } : { kind, debugFile: library, debugId, leaf: name };
  }
  if (debugId !== '') return { kind, debugFile, debugId, leaf: name };
  // Dumps know a Windows image that names no PDB by name, link time and size.
  return codeId === null ? { why: 'it has no id' } : { kind, debugFile: name, debugId: codeId, leaf: name };
}

export function identifyBytes(label: string, bytes: Buffer): Identified {
  return identify(label, new BufferSource(bytes));
}
