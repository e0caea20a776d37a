import { SymbolsError } from '../symbols-error.js';
import { SectionReader, unlessDamaged } from './section-reader.js';

export interface CallFrameSection {
  readonly kind: 'eh_frame' | 'debug_frame';
  readonly bytes: Uint8Array;
  /** Where the section is mapped: pointers in .eh_frame are relative to themselves. */
  readonly address: number;
  readonly wordBytes: 4 | 8;
}

export interface CommonInformation {
  readonly codeAlignment: number;
  readonly dataAlignment: number;
  readonly returnAddressColumn: number;
  readonly isSignalFrame: boolean;
  readonly pointerEncoding: number;
  readonly hasAugmentationData: boolean;
  readonly instructions: SectionReader;
}

export interface FrameDescription {
  readonly common: CommonInformation;
  /** Addresses as linked. */
  readonly start: number;
  readonly end: number;
  readonly instructions: SectionReader;
}

const ABSOLUTE = 0;
const OMITTED = 0xff;
const INDIRECT = 0x80;
const PC_RELATIVE = 0x10;

/** Hands over each entry that can be read; gives how many could not. */
export function readCallFrames(section: CallFrameSection, handle: (entry: FrameDescription) => void): number {
  const commons = new Map<number, CommonInformation | null>();
  const reader = new SectionReader(section.bytes);
  let damaged = 0;
  while (!reader.atEnd()) {
    const bounds = unlessDamaged(() => readLength(reader, section));
    if (bounds === null) return damaged + 1;
    if (bounds === 'end') return damaged;
    if (bounds.isCommon) continue;
    const entry = unlessDamaged(() => readDescription(section, bounds, commons));
    if (entry !== null) handle(entry);
    else damaged++;
  }
  return damaged;
}

interface EntryBounds {
  readonly at: number;
  readonly end: number;
  readonly isCommon: boolean;
  readonly commonAt: number;
}

/** Steps over an entry and says what it is. A length of 0 ends .eh_frame. */
function readLength(reader: SectionReader, { kind }: CallFrameSection): EntryBounds | 'end' {
  let length = reader.u32();
  if (length === 0 && kind === 'eh_frame') return 'end';
  const is64 = length === 0xffff_ffff;
  if (is64) length = reader.u64();
  const idAt = reader.position;
  const end = idAt + length;
  const id = is64 ? reader.u64() : reader.u32();
  const bounds = { at: reader.position, end };
  reader.skip(end - reader.position);
  if (kind === 'eh_frame') return { ...bounds, isCommon: id === 0, commonAt: idAt - id };
  return { ...bounds, isCommon: id === (is64 ? 2 ** 64 : 0xffff_ffff), commonAt: id };
}

function readDescription(
  section: CallFrameSection,
  { at, end, commonAt }: EntryBounds,
  commons: Map<number, CommonInformation | null>,
): FrameDescription {
  let common = commons.get(commonAt);
  if (common === undefined) {
    common = unlessDamaged(() => readCommon(section, commonAt));
    commons.set(commonAt, common);
  }
  if (common === null) throw new SymbolsError('symbols.damaged-image');
  const reader = new SectionReader(section.bytes, at, end);
  const start = readPointer(reader, section, common.pointerEncoding);
  const size = readPointer(reader, section, common.pointerEncoding & 0x0f);
  if (common.hasAugmentationData) reader.skip(reader.uleb());
  return { common, start, end: start + size, instructions: reader };
}

function readCommon(section: CallFrameSection, at: number): CommonInformation {
  const whole = new SectionReader(section.bytes, at);
  const bounds = readLength(whole, section);
  if (bounds === 'end' || !bounds.isCommon) throw new SymbolsError('symbols.damaged-image');
  const reader = new SectionReader(section.bytes, bounds.at, bounds.end);
  const version = reader.u8();
  const augmentation = reader.text();
  if (version === 4) reader.skip(2);
  const codeAlignment = reader.uleb();
  const dataAlignment = reader.sleb();
  const returnAddressColumn = version === 1 ? reader.u8() : reader.uleb();
  const about = readAugmentation(reader, section, augmentation);
  return { codeAlignment, dataAlignment, returnAddressColumn, ...about, instructions: reader };
}

function readAugmentation(
  reader: SectionReader,
  section: CallFrameSection,
  augmentation: string,
): Pick<CommonInformation, 'isSignalFrame' | 'pointerEncoding' | 'hasAugmentationData'> {
  if (augmentation === '') return { isSignalFrame: false, pointerEncoding: ABSOLUTE, hasAugmentationData: false };
  if (!augmentation.startsWith('z')) throw new SymbolsError('symbols.damaged-image');
  const dataEnd = reader.uleb() + reader.position;
  let pointerEncoding = ABSOLUTE;
  for (const letter of augmentation.slice(1)) {
    if (letter === 'R') pointerEncoding = reader.u8();
    else if (letter === 'L') reader.skip(1);
    else if (letter === 'P') readPointer(reader, section, reader.u8() & ~INDIRECT);
    // B: return addresses are signed with the B key; G: with memory tags. Neither takes data.
    else if (!'SBG'.includes(letter)) break;
  }
  reader.skip(dataEnd - reader.position);
  return { isSignalFrame: augmentation.includes('S'), pointerEncoding, hasAugmentationData: true };
}

/** An encoded pointer: absolute or relative to its own address, of a fixed size or LEB128. */
export function readPointer(
  reader: SectionReader,
  { address, wordBytes }: Pick<CallFrameSection, 'address' | 'wordBytes'>,
  encoding: number,
): number {
  if (encoding === OMITTED) return 0;
  const at = address + reader.position;
  const value = readEncoded(reader, encoding & 0x0f, wordBytes);
  const relative = encoding & 0x70;
  if (relative !== 0 && relative !== PC_RELATIVE) throw new SymbolsError('symbols.damaged-image');
  const pointer = relative === PC_RELATIVE ? at + value : value;
  return wordBytes === 4 ? ((pointer % 2 ** 32) + 2 ** 32) % 2 ** 32 : pointer;
}

function readEncoded(reader: SectionReader, format: number, wordBytes: 4 | 8): number {
  switch (format) {
    case 0x0:
      return reader.word(wordBytes);
    case 0x1:
      return reader.uleb();
    case 0x2:
      return reader.u16();
    case 0x3:
      return reader.u32();
    case 0x4:
      return reader.u64();
    case 0x9:
      return reader.sleb();
    case 0xa:
      return (reader.u16() << 16) >> 16;
    case 0xb:
      return reader.i32();
    case 0xc:
      return reader.i64();
    default:
      throw new SymbolsError('symbols.damaged-image');
  }
}
