import type { DumpFormat } from '@crashkeep/strict-store';

/** Bytes that tell what a dump part is: an ELF header up to its type, or the first line of a nested form. */
export const MAGIC_BYTES = 256;

export type DumpShape =
  | { readonly kind: 'dump'; readonly format: DumpFormat }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'form'; readonly boundary: string }
  | { readonly kind: 'other-compression' }
  | { readonly kind: 'unknown' };

const ET_CORE = 4;
/** xz, bzip2, zstd: clients may compress so, we do not open it. */
const OTHER_COMPRESSIONS = ['fd377a585a00', '425a68', '28b52ffd'];

/** What the first bytes of a dump part say of the rest. */
export function dumpShape(head: Buffer): DumpShape {
  const magic = head.toString('latin1', 0, 4);
  // A minidump of a big-endian machine carries its signature in that order.
  if (magic === 'MDMP' || magic === 'PMDM') return { kind: 'dump', format: 'minidump' };
  if (magic === '\x7fELF' && elfType(head) === ET_CORE) return { kind: 'dump', format: 'elf_core' };
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: 'gzip' };
  if (OTHER_COMPRESSIONS.some((hex) => head.toString('hex').startsWith(hex))) return { kind: 'other-compression' };
  const boundary = /^--([\x20-\x7e]{1,70})\r\n/.exec(head.toString('latin1'))?.[1];
  // Electron on Linux, before Crashpad: a whole form, with a boundary of its own, stands inside the dump part.
  return boundary === undefined ? { kind: 'unknown' } : { kind: 'form', boundary };
}

/** e_type, in the byte order that EI_DATA names (ELF, gABI chapter 4). */
function elfType(head: Buffer): number | null {
  if (head.length < 18) return null;
  return head[5] === 2 ? head.readUInt16BE(16) : head.readUInt16LE(16);
}
