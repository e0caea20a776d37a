import { type Cpu, elfDebugId, type Module, type RegionInfo, type SnapshotMemory } from '@crashkeep/snapshot';
import { type ElfImage, readElfImage } from './elf-image.js';
import { type LinkedLibrary, readLinkMap } from './link-map.js';
import type { MappedFile } from './notes/mapped-files.js';
import type { Problems } from './problems.js';

/** Entries of the auxiliary vector. */
const AT_ENTRY = 9;
const AT_SYSINFO_EHDR = 33;

/** What the kernel calls its page, where that is not linux-vdso.so.1. */
const KERNEL_PAGES: Readonly<Partial<Record<Cpu, string>>> = {
  x86: 'linux-gate.so.1',
  ppc: 'linux-vdso32.so.1',
  ppc64: 'linux-vdso64.so.1',
};

const MAX_MODULES = 4096;
/** Whose first pages are read: each costs a chunk of the file. A browser maps some 200, an editor with plug-ins 400. */
const MAX_IMAGES = 400;
/** Saved headers that are looked for where nothing lists the files. */
const MAX_UNLISTED = 256;
const FIRST_PAGE_BYTES = 4096;
/** No image is larger; what says so lies. */
const MAX_IMAGE_BYTES = 2 ** 40;

interface Mapping {
  path: string;
  readonly base: bigint;
  end: bigint;
  /** Null where the first page was not saved. */
  image: ElfImage | null;
}

interface AddressSpace {
  readonly cpu: Cpu;
  readonly is64: boolean;
  readonly memory: SnapshotMemory;
  readonly regionInfo: readonly RegionInfo[];
  readonly files: readonly MappedFile[];
  readonly auxiliary: ReadonlyMap<number, bigint>;
}

/**
 * The mapped files that hold code, by NT_FILE, and the kernel's own page; the program first. Where there is no NT_FILE (old kernels,
 * gdb's gcore of its time), every saved ELF header in memory begins a module, which may have no name.
 */
export function readModules(space: AddressSpace, problems: Problems): Module[] {
  const mappings = space.files.length > 0 ? mappedImages(space) : unlistedImages(space);
  addKernelPage(mappings, space);
  const read = mappings.slice(0, MAX_IMAGES);
  space.memory.prefetch(read.map(({ base }) => ({ address: base, size: FIRST_PAGE_BYTES })));
  for (const mapping of read) readImage(mapping, space);
  if (mappings.some(({ image }) => image === null)) problems.add('elfcore.image-not-saved');
  if (mappings.length === 0) problems.add('elfcore.no-modules');
  nameByLinker(mappings, readLinkMap(space.memory, space.auxiliary, space.is64));
  const found = mappings.map((mapping) => describe(mapping, space.memory.littleEndian));
  return programFirst(found, space.auxiliary.get(AT_ENTRY)).map((module, ordinal) => ({ ...module, ordinal }));
}

/** The page that the kernel maps into every process: no file, and an image all the same. */
function addKernelPage(mappings: Mapping[], { auxiliary, cpu }: AddressSpace): void {
  const base = auxiliary.get(AT_SYSINFO_EHDR) ?? 0n;
  if (base === 0n) return;
  const path = KERNEL_PAGES[cpu] ?? 'linux-vdso.so.1';
  const listed = mappings.find((mapping) => mapping.base === base);
  // Its header says how long it is; without one it is a page.
  if (listed === undefined) mappings.push({ path, base, end: base + BigInt(FIRST_PAGE_BYTES), image: null });
  else if (listed.path === '') listed.path = path;
}

/**
 * One mapping for each file that holds code (fonts, archives and locales are mapped too), from its beginning to the last of it that
 * was mapped: on arm64 other mappings lie in the gaps of a file's own.
 */
function mappedImages({ files, regionInfo }: AddressSpace): Mapping[] {
  const mappings: Mapping[] = [];
  const latest = new Map<string, Mapping>();
  for (const { start, end, fileOffset, path } of files) {
    const known = latest.get(path);
    if (known !== undefined && (fileOffset > 0n || known.end === start)) {
      if (end > known.end) known.end = end;
      continue;
    }
    const mapping = { path, base: fileOffset < start ? start - fileOffset : start, end, image: null };
    latest.set(path, mapping);
    mappings.push(mapping);
  }
  const code = regionInfo.filter(({ executable }) => executable);
  return mappings
    .filter(({ base, end }) => code.some(({ address }) => address >= base && address < end))
    .slice(0, MAX_MODULES);
}

function unlistedImages({ memory, is64, regionInfo }: AddressSpace): Mapping[] {
  const candidates = regionInfo.filter(({ writable }) => !writable).slice(0, MAX_UNLISTED);
  memory.prefetch(candidates.map(({ address }) => ({ address, size: FIRST_PAGE_BYTES })));
  return candidates
    .filter(({ address }) => readElfImage(memory, address, is64) !== null)
    .map(({ address, size }) => ({ path: '', base: address, end: address + size, image: null }));
}

/** Where the first page was saved, it says how large the image is and what its build id. */
function readImage(mapping: Mapping, { memory, is64 }: AddressSpace): void {
  mapping.image = readElfImage(memory, mapping.base, is64);
  if (mapping.image !== null) mapping.end = mapping.base + BigInt(mapping.image.size);
}

/**
 * The dynamic linker's name for a file: `libstdc++.so.6`, where the kernel says `libstdc++.so.6.0.30`. Of images that lie in one
 * another's gaps the one that begins last is meant.
 */
function nameByLinker(images: readonly Mapping[], libraries: readonly LinkedLibrary[]): void {
  const byBase = [...images].sort((a, b) => (a.base < b.base ? -1 : 1));
  for (const { name, dynamicAt } of libraries) {
    const mapping = byBase.findLast(({ base, end }) => base <= dynamicAt && dynamicAt < end);
    if (mapping !== undefined) mapping.path = name;
  }
}

function describe({ path, base, end, image }: Mapping, littleEndian: boolean): Omit<Module, 'ordinal'> {
  const buildId = image?.buildId ?? null;
  const debugId = buildId === null ? null : elfDebugId(buildId, littleEndian);
  return {
    base,
    size: Math.min(Number(end - base), MAX_IMAGE_BYTES),
    codeFile: path,
    codeId: buildId === null || debugId === null ? null : Buffer.from(buildId).toString('hex'),
    debugFile: path === '' ? null : path,
    debugId,
    version: null,
  };
}

function programFirst(
  modules: readonly Omit<Module, 'ordinal'>[],
  entry: bigint | undefined,
): Omit<Module, 'ordinal'>[] {
  const isProgram = ({ base, size }: Omit<Module, 'ordinal'>): boolean =>
    entry !== undefined && entry >= base && entry < base + BigInt(size);
  return [...modules.filter(isProgram), ...modules.filter((module) => !isProgram(module))];
}
