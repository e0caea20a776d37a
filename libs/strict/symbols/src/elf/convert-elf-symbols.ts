import { type ByteSource, elfDebugId } from '@crashkeep/snapshot';
import { type ConversionOptions, type ConvertedSymbols, DEFAULT_FORM_BYTES } from '../conversion.js';
import { addCallFrames } from '../dwarf/call-frame-rules.js';
import { readPointer } from '../dwarf/call-frame-entries.js';
import { DebugInfo } from '../dwarf/debug-info.js';
import { SectionReader, unlessDamaged } from '../dwarf/section-reader.js';
import { FormBuilder } from '../form/form-builder.js';
import type { SymbolIdentity } from '../symbol-form.js';
import { ElfFile } from './elf-file.js';
import { addElfNames } from './elf-names.js';

/**
 * Converts an ELF file (executable, library, or the debug file beside it): unwind data of .eh_frame and .debug_frame, functions, lines
 * and inlined calls of DWARF 2 to 5, names of .symtab and .dynsym. The debug id is made of the build id, and empty without one;
 * the debug file is for the caller to name. Throws `symbols.not-an-image`, `symbols.damaged-image`, `symbols.too-large`.
 */
export function convertElfSymbols(source: ByteSource, options: ConversionOptions = {}): ConvertedSymbols {
  const elf = new ElfFile(source);
  const files = [elf, ...companionsOf(elf, options.companions ?? [])];
  const builder = new FormBuilder(
    options.maxFormBytes ?? DEFAULT_FORM_BYTES,
    options.demangle ?? ((name: string): string => name),
  );
  const unwindRules = files.reduce((dropped, file) => dropped + addUnwindData(file, builder), 0);
  for (const file of files) addCode(file, builder);
  const taken = new Set<number>();
  const debugInfos = files.map((file) => new DebugInfo(file, builder, taken));
  for (const debugInfo of debugInfos) debugInfo.add();
  files.forEach((file, i) => {
    const lines = debugInfos[i]?.spareLines;
    if (lines !== undefined) addElfNames(file, builder, taken, lines);
  });
  const identity = identifyElf(elf);
  return {
    identity,
    form: builder.finish(identity),
    dropped: { badLines: 0, longLines: 0, outOfRange: 0, unwindRules },
  };
}

function addCode(elf: ElfFile, builder: FormBuilder): void {
  for (const { address, bytes } of elf.code()) builder.addCode(address - elf.base, bytes);
}

/** Files of the same build: a debug file knows names that its program does not, a program has the unwind data. */
function companionsOf(elf: ElfFile, sources: readonly ByteSource[]): ElfFile[] {
  const files = sources.map((source) => new ElfFile(source));
  return files.filter((file) => elf.buildId !== null && file.buildId === elf.buildId);
}

/** Gives how many entries and rules were dropped. Of two that describe the same place the first one added is kept. */
function addUnwindData(elf: ElfFile, builder: FormBuilder): number {
  let dropped = 0;
  for (const [name, kind] of [
    ['.eh_frame', 'eh_frame'],
    ['.debug_frame', 'debug_frame'],
  ] as const) {
    const bytes = elf.bytesOf(name);
    const address = elf.section(name)?.address ?? 0;
    if (bytes !== null)
      dropped += addCallFrames({ kind, bytes, address, wordBytes: elf.wordBytes }, elf.base, elf.cpu, builder);
  }
  if (elf.sections.length === 0) dropped += addMappedUnwindData(elf, builder);
  return dropped;
}

/** Without section headers, .eh_frame_hdr leads to .eh_frame in the same segment. */
function addMappedUnwindData(elf: ElfFile, builder: FormBuilder): number {
  const mapped = elf.unwindSegment();
  if (mapped === null) return 0;
  const { address, bytes } = mapped;
  const frames = unlessDamaged(() => {
    const header = new SectionReader(bytes);
    header.skip(1);
    const encoding = header.u8();
    header.skip(2);
    return readPointer(header, { address, wordBytes: elf.wordBytes }, encoding) - address;
  });
  if (frames === null || frames < 0 || frames >= bytes.length) return 0;
  const section = { kind: 'eh_frame', bytes: bytes.subarray(frames), address: address + frames } as const;
  return addCallFrames({ ...section, wordBytes: elf.wordBytes }, elf.base, elf.cpu, builder);
}

/** By its build id; the debug id is empty without one. */
export function identifyElf(elf: ElfFile): SymbolIdentity {
  const codeId = elf.buildId;
  const debugId = codeId === null ? null : elfDebugId(Buffer.from(codeId, 'hex'), true);
  return { os: 'Linux', cpu: elf.cpu, codeId, debugFile: '', debugId: debugId ?? '' };
}
