import type { ByteSource } from '@crashkeep/snapshot';
import { identifyElf } from './elf/convert-elf-symbols.js';
import { ElfFile } from './elf/elf-file.js';
import { identifyPe } from './pe/convert-pe-symbols.js';
import { PeImage } from './pe/pe-image.js';

/** A MODULE record and a little of what follows fit in this. */
const RECORD_BYTES = 1024;

/** Which module a symbol file is of; nothing else of it is read. */
export interface SymbolFileName {
  readonly kind: 'elf' | 'pe' | 'breakpad';
  /** Leaf name; empty for an ELF file, whose name is its own. */
  readonly debugFile: string;
  /** Breakpad's form, upper case; empty for an image that has none. */
  readonly debugId: string;
  /** Of an image: its build id in lower case, or link time and size in upper case. */
  readonly codeId: string | null;
}

/**
 * Null for what is no symbol file by its first bytes. Throws `symbols.not-an-image` and `symbols.damaged-image` for an image whose
 * headers cannot be read.
 */
export function identifySymbolFile(source: ByteSource): SymbolFileName | null {
  const head = Buffer.from(source.read(0, Math.min(RECORD_BYTES, source.size)));
  if (head.toString('latin1', 0, 4) === '\u007fELF')
    return { kind: 'elf', ...nameOf(identifyElf(new ElfFile(source))) };
  if (head.toString('latin1', 0, 2) === 'MZ') {
    const { debugFile, debugId, codeId } = identifyPe(new PeImage(source));
    return { kind: 'pe', debugFile, debugId, codeId: codeId?.toUpperCase() ?? null };
  }
  const record = /^MODULE \S+ \S+ ([0-9A-Fa-f]+) (\S[^\r\n]*)/.exec(head.toString('utf8'));
  const [, debugId, debugFile] = record ?? [];
  if (debugId === undefined || debugFile === undefined) return null;
  return { kind: 'breakpad', debugFile: debugFile.trim(), debugId: debugId.toUpperCase(), codeId: null };
}

function nameOf({ debugFile, debugId, codeId }: Omit<SymbolFileName, 'kind'>): Omit<SymbolFileName, 'kind'> {
  return { debugFile, debugId, codeId };
}
