import { openSync, readSync, closeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DumpSyms, WalkError } from '@crashkeep/walk';

const PDB_MAGIC = 'Microsoft C/C++ MSF 7.00\r\n\x1aDS';
const MACHO_MAGICS: ReadonlySet<number> = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe]);
/** Of files of several architectures; Java's classes begin so, too. */
const FAT_MAGICS: ReadonlySet<number> = new Set([0xcafebabe, 0xcafebabf]);

export type ForeignKind = 'pdb' | 'macho' | 'fat-macho';

/** What Mozilla's dump_syms reads and we do not; null for everything else. */
export function foreignKindOf(path: string): ForeignKind | null {
  const head = headOf(path);
  if (head.toString('latin1').startsWith(PDB_MAGIC)) return 'pdb';
  const magic = head.length < 4 ? 0 : head.readUInt32BE(0);
  return MACHO_MAGICS.has(magic) ? 'macho' : FAT_MAGICS.has(magic) ? 'fat-macho' : null;
}

export type DumpedText = { readonly path: string } | { readonly why: string };

/** The text of a PDB, or of each architecture of a Mach-O file, in a folder that goes when the next is asked for. */
export async function* dumpedTexts(path: string, kind: ForeignKind): AsyncGenerator<DumpedText> {
  const tool = DumpSyms.find(process.env['CRASHKEEP_DUMP_SYMS'] ?? null);
  if (tool === null) {
    yield { why: 'it needs dump_syms (cargo install dump_syms), on the path or in CRASHKEEP_DUMP_SYMS' };
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'crashkeep-symbols-'));
  try {
    const architectures = kind === 'pdb' ? [null] : await tool.architectures(path);
    for (const [i, architecture] of architectures.entries()) {
      const text = join(folder, `${i}.sym`);
      await tool.dump(path, text, architecture);
      yield { path: text };
    }
  } catch (error) {
    if (!(error instanceof WalkError)) throw error;
    yield { why: `dump_syms could not read it (${error.code})` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function headOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(32);
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
