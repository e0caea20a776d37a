import type { ObjectStore, SymbolKind } from '@crashkeep/strict-store';
import { elfFacts } from './elf-facts.js';

/** What a file is by its first bytes. Which kind of ELF file, only its section headers say, which lie at its end. */
export type SymbolFamily = 'breakpad' | 'elf' | 'pe' | 'pdb' | 'macho';

const PDB_MAGIC = 'Microsoft C/C++ MSF 7.00\r\n\x1aDS';
/** 32 and 64 bit in both byte orders, and files of several architectures. */
const MACHO_MAGICS: ReadonlySet<number> = new Set([
  ...[0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe, 0xcafebabf],
]);
const HEAD_BYTES = 32;

/** Null for what is no symbol file. A text is one by its MODULE record, which its reader checks. */
export function symbolFamily(head: Buffer): SymbolFamily | null {
  const text = head.toString('latin1', 0, HEAD_BYTES);
  if (text.startsWith('\x7fELF')) return 'elf';
  if (text.startsWith('MZ')) return 'pe';
  if (text.startsWith(PDB_MAGIC)) return 'pdb';
  if (text.startsWith('MODULE ')) return 'breakpad';
  return head.length >= 4 && MACHO_MAGICS.has(head.readUInt32BE(0)) ? 'macho' : null;
}

/** The kind of a stored file; null for what is no symbol file. Reads headers only. */
export async function storedKind(objects: ObjectStore, key: string, bytes: number): Promise<SymbolKind | null> {
  const family = symbolFamily(await objects.read(key, 0, Math.min(HEAD_BYTES, bytes)));
  if (family !== 'elf') return family;
  const facts = await elfFacts((offset, length) => objects.read(key, offset, length), bytes);
  // Without section headers it is an image as a process had it mapped.
  if (facts === null || (facts.hasCode && !facts.hasDebugInfo)) return 'elf';
  return facts.hasCode ? 'elf-full' : 'elf-debug';
}
