import { SymbolsError } from '../symbols-error.js';
import { readAttribute, textOf, type UnitCoding } from './attribute-value.js';
import type { DwarfSections } from './dwarf-sections.js';
import type { SectionReader } from './section-reader.js';

export interface SourceLine {
  /** As linked. */
  readonly address: number;
  readonly size: number;
  /** As the program numbers its files. */
  readonly file: number;
  readonly line: number;
}

export interface LineTable {
  readonly lines: readonly SourceLine[];
  /** Paths by the program's numbers. */
  readonly files: ReadonlyMap<number, string>;
}

interface LineHeader {
  readonly minimumLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  readonly operandCounts: readonly number[];
  readonly files: ReadonlyMap<number, string>;
}

const FILES_MAX = 100_000;
const LINES_MAX = 4_000_000;
const PATH_CONTENT = 1;
const DIRECTORY_CONTENT = 2;

/** Runs the line program at the reader's place (DWARF 2 to 5). `directory` is the unit's own. */
export function readLineTable(
  reader: SectionReader,
  directory: string,
  sections: DwarfSections,
  unit: UnitCoding,
): LineTable {
  let length = reader.u32();
  const is64 = length === 0xffff_ffff;
  if (is64) length = reader.u64();
  const end = reader.position + length;
  const version = reader.u16();
  if (version < 2 || version > 5) throw new SymbolsError('symbols.damaged-image');
  const coding: UnitCoding = { ...unit, version, offsetBytes: is64 ? 8 : 4 };
  const header = readLineHeader(reader, directory, sections, coding);
  return { lines: runLineProgram(reader.from(reader.position, end), header, unit.addressBytes), files: header.files };
}

function readLineHeader(
  reader: SectionReader,
  directory: string,
  sections: DwarfSections,
  coding: UnitCoding,
): LineHeader {
  if (coding.version >= 5) reader.skip(2);
  const headerBytes = reader.word(coding.offsetBytes);
  const programAt = reader.position + headerBytes;
  const minimumLength = reader.u8();
  if (coding.version >= 4) reader.skip(1);
  reader.skip(1);
  const [lineBase, lineRange, opcodeBase] = [reader.i8(), reader.u8(), reader.u8()];
  if (lineRange === 0 || opcodeBase === 0) throw new SymbolsError('symbols.damaged-image');
  const operandCounts = Array.from({ length: opcodeBase - 1 }, () => reader.u8());
  const files = coding.version >= 5 ? readFiles5(reader, directory, sections, coding) : readFiles(reader, directory);
  reader.skip(programAt - reader.position);
  return { minimumLength, lineBase, lineRange, opcodeBase, operandCounts, files };
}

function readFiles(reader: SectionReader, directory: string): Map<number, string> {
  const directories = [directory];
  for (let name = reader.text(); name !== ''; name = reader.text()) {
    if (directories.length > FILES_MAX) throw new SymbolsError('symbols.damaged-image');
    directories.push(joined(directory, name));
  }
  const files = new Map<number, string>();
  for (let name = reader.text(); name !== ''; name = reader.text()) {
    if (files.size > FILES_MAX) throw new SymbolsError('symbols.damaged-image');
    files.set(files.size + 1, joined(directories[reader.uleb()] ?? directory, name));
    reader.uleb();
    reader.uleb();
  }
  return files;
}

/** Since DWARF 5 both lists say themselves what their entries hold. */
function readFiles5(
  reader: SectionReader,
  directory: string,
  sections: DwarfSections,
  coding: UnitCoding,
): Map<number, string> {
  const directories = readEntries(reader, sections, coding).map(({ path }) => joined(directory, path));
  const files = readEntries(reader, sections, coding);
  return new Map(files.map(({ path, directory: in_ }, i) => [i, joined(directories[in_] ?? directory, path)]));
}

function readEntries(
  reader: SectionReader,
  sections: DwarfSections,
  coding: UnitCoding,
): { path: string; directory: number }[] {
  const format = Array.from({ length: reader.u8() }, () => ({
    content: reader.uleb(),
    spec: { attribute: 0, form: reader.uleb(), constant: 0 },
  }));
  const count = reader.uleb();
  if (count > FILES_MAX || (format.length === 0 && count > 0)) throw new SymbolsError('symbols.damaged-image');
  return Array.from({ length: count }, () => {
    let [path, directory] = ['', 0];
    for (const { content, spec } of format) {
      const value = readAttribute(reader, spec, coding);
      if (content === PATH_CONTENT) path = textOf(value, sections, coding) ?? '';
      if (content === DIRECTORY_CONTENT && value.kind === 'constant') directory = value.value;
    }
    return { path, directory };
  });
}

function joined(directory: string, path: string): string {
  return path.startsWith('/') || directory === '' || /^[A-Za-z]:[/\\]/.test(path) ? path : `${directory}/${path}`;
}

interface LineState {
  address: number;
  file: number;
  line: number;
}

function runLineProgram(reader: SectionReader, header: LineHeader, addressBytes: number): SourceLine[] {
  const lines: SourceLine[] = [];
  let state: LineState = { address: 0, file: 1, line: 1 };
  let last: LineState | null = null;
  const emit = (ends: boolean): void => {
    if (lines.length >= LINES_MAX) throw new SymbolsError('symbols.damaged-image');
    if (last !== null && state.address > last.address)
      lines.push({ address: last.address, size: state.address - last.address, file: last.file, line: last.line });
    last = ends ? null : { ...state };
  };
  while (!reader.atEnd()) {
    const opcode = reader.u8();
    if (opcode >= header.opcodeBase) {
      const adjusted = opcode - header.opcodeBase;
      state.address += Math.floor(adjusted / header.lineRange) * header.minimumLength;
      state.line += header.lineBase + (adjusted % header.lineRange);
      emit(false);
    } else if (opcode === 0) {
      if (extended(reader, state, addressBytes)) {
        emit(true);
        state = { address: 0, file: 1, line: 1 };
      }
    } else if (opcode === 1) emit(false);
    else standard(reader, opcode, state, header);
  }
  return lines;
}

/** True at the end of a sequence. */
function extended(reader: SectionReader, state: LineState, addressBytes: number): boolean {
  const length = reader.uleb();
  const next = reader.position + length;
  const opcode = length === 0 ? 0 : reader.u8();
  if (opcode === 2) state.address = reader.word(length - 1 === addressBytes ? addressBytes : length - 1);
  reader.skip(next - reader.position);
  return opcode === 1;
}

function standard(reader: SectionReader, opcode: number, state: LineState, header: LineHeader): void {
  switch (opcode) {
    case 2:
      state.address += reader.uleb() * header.minimumLength;
      return;
    case 3:
      state.line += reader.sleb();
      return;
    case 4:
      state.file = reader.uleb();
      return;
    case 8:
      state.address += Math.floor((255 - header.opcodeBase) / header.lineRange) * header.minimumLength;
      return;
    case 9:
      state.address += reader.u16();
      return;
    default:
      for (let i = header.operandCounts[opcode - 1] ?? 0; i > 0; i--) reader.uleb();
  }
}
