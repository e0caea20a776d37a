/**
 * Forms that a module's symbols are uploaded in; a project keeps one of each. `elf`: code without DWARF; `elf-debug`: what was taken out
 * of a program; `elf-full`: both. `unsorted`: stored before kinds were told apart. In the order in which a walk asks them: DWARF
 * and PDBs name most, an image only what it exports.
 */
export const SYMBOL_KINDS = ['elf-debug', 'elf-full', 'pdb', 'macho', 'breakpad', 'elf', 'pe', 'unsorted'] as const;
export type SymbolKind = (typeof SYMBOL_KINDS)[number];

/** Build ids are of one build, whatever a file is called: `/usr/lib/debug/.build-id/ab/cdef.debug` is some library's. */
export function isFoundByIdAlone(kind: SymbolKind): boolean {
  return kind === 'elf' || kind === 'elf-debug' || kind === 'elf-full';
}
