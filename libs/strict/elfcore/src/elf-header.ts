import { type ByteSource, type Cpu, Cursor } from '@crashkeep/snapshot';
import { ElfCoreError } from './elf-core-error.js';

export interface ElfHeader {
  readonly is64: boolean;
  readonly littleEndian: boolean;
  readonly cpu: Cpu;
  readonly segmentsAt: number;
  readonly segmentBytes: number;
  readonly segmentCount: number;
}

const MAGIC = 0x7f45_4c46;
const IDENT_BYTES = 16;
const TYPE_END = 18;
const HEADER_BYTES_64 = 64;
const HEADER_BYTES_32 = 52;
const CORE = 4;
/** More program headers than 16 bits count: the number stands in the first section header. */
const COUNT_ELSEWHERE = 0xffff;

const MACHINES: Readonly<Record<number, readonly [of32: Cpu, of64: Cpu]>> = {
  2: ['sparc', 'unknown'],
  3: ['x86', 'unknown'],
  8: ['mips', 'mips64'],
  20: ['ppc', 'unknown'],
  21: ['unknown', 'ppc64'],
  40: ['arm', 'unknown'],
  62: ['unknown', 'amd64'],
  183: ['unknown', 'arm64'],
  243: ['riscv', 'riscv64'],
};

/** True where a file that begins with `head` says that it is an ELF core; of fewer than 18 bytes only the magic counts. */
export function isElfCore(head: Uint8Array): boolean {
  if (!isElf(head)) return false;
  return head.length < TYPE_END || typeOf(head) === CORE;
}

export function readElfHeader(source: ByteSource): ElfHeader {
  const head = source.read(0, Math.min(source.size, HEADER_BYTES_64)).slice();
  if (!isElf(head)) throw new ElfCoreError('elfcore.bad-magic');
  const is64 = head[4] === 2;
  if (head.length < (is64 ? HEADER_BYTES_64 : HEADER_BYTES_32)) throw new ElfCoreError('elfcore.truncated-header');
  if (typeOf(head) !== CORE) throw new ElfCoreError('elfcore.not-a-core');
  const littleEndian = isLittleEndian(head);
  const cursor = new Cursor(head, littleEndian);
  const word = (): number => (is64 ? cursor.size64() : cursor.u32());
  cursor.seek(TYPE_END);
  const cpu = MACHINES[cursor.u16()]?.[is64 ? 1 : 0] ?? 'unknown';
  cursor.skip(4);
  word(); // Entry.
  const segmentsAt = word();
  const sectionsAt = word();
  cursor.skip(6); // Flags, and this header's size.
  const segmentBytes = cursor.u16();
  const counted = cursor.u16();
  const segmentCount = counted === COUNT_ELSEWHERE ? countInSection(source, sectionsAt, is64, littleEndian) : counted;
  return { is64, littleEndian, cpu, segmentsAt, segmentBytes, segmentCount };
}

/** `sh_info` of the first section header. */
function countInSection(source: ByteSource, at: number, is64: boolean, littleEndian: boolean): number {
  const infoAt = at + (is64 ? 44 : 28);
  if (!(infoAt + 4 <= source.size)) throw new ElfCoreError('elfcore.truncated-segments');
  return new Cursor(source.read(infoAt, 4), littleEndian).u32();
}

function isElf(head: Uint8Array): boolean {
  return head.length >= 4 && new DataView(head.buffer, head.byteOffset).getUint32(0) === MAGIC;
}

function isLittleEndian(head: Uint8Array): boolean {
  return head[5] !== 2;
}

function typeOf(head: Uint8Array): number {
  return new DataView(head.buffer, head.byteOffset).getUint16(IDENT_BYTES, isLittleEndian(head));
}
