import { SymbolsError } from '../symbols-error.js';
import { type Abbreviation, readAbbreviations } from './abbreviations.js';
import { addressOf, type AttributeValue, readAttribute, textOf, type UnitCoding } from './attribute-value.js';
import type { DwarfSections } from './dwarf-sections.js';
import { type SectionReader, unlessDamaged } from './section-reader.js';

/** Attributes by DWARF's numbers, of those that anybody asks for. */
export const AT = {
  name: 0x03,
  statements: 0x10,
  low: 0x11,
  high: 0x12,
  directory: 0x1b,
  origin: 0x31,
  specification: 0x47,
  ranges: 0x55,
  callFile: 0x58,
  callLine: 0x59,
  linkageName: 0x6e,
  stringOffsetsBase: 0x72,
  addressesBase: 0x73,
  rangeListsBase: 0x74,
  mipsLinkageName: 0x2007,
  gnuAddressesBase: 0x2133,
} as const;

export interface Entry {
  /** In .debug_info. */
  readonly at: number;
  readonly tag: number;
  /** 0 for the unit's own entry. */
  readonly depth: number;
  get(attribute: number): AttributeValue | undefined;
}

export interface Unit {
  readonly coding: UnitCoding;
  readonly entriesAt: number;
  readonly end: number;
  readonly abbreviations: ReadonlyMap<number, Abbreviation>;
  readonly directory: string;
  /** Address that its ranges count from. */
  readonly low: number;
  /** Place of its line program; null without one. */
  readonly statements: number | null;
}

const DEPTH_MAX = 512;
const TYPE_UNIT = 2;
const SPLIT_TYPE_UNIT = 6;
const SKELETON = 4;
const SPLIT_UNIT = 5;

/** Hands over the units one by one; one that is damaged is passed over. */
export function* readUnits(sections: DwarfSections): Generator<Unit> {
  const { info } = sections;
  if (info === null) return;
  const known = new Map<number, ReadonlyMap<number, Abbreviation>>();
  const reader = info.from(0);
  while (!reader.atEnd()) {
    const bounds = unlessDamaged(() => readBounds(reader));
    if (bounds === null) return;
    const unit = unlessDamaged(() => readUnit(info, bounds, sections, known));
    if (unit !== null) yield unit;
  }
}

interface UnitBounds {
  readonly at: number;
  readonly from: number;
  readonly end: number;
  readonly is64: boolean;
}

function readBounds(reader: SectionReader): UnitBounds {
  const at = reader.position;
  let length = reader.u32();
  const is64 = length === 0xffff_ffff;
  if (is64) length = reader.u64();
  const from = reader.position;
  reader.skip(length);
  return { at, from, end: from + length, is64 };
}

function readUnit(
  info: SectionReader,
  { at, from, end, is64 }: UnitBounds,
  sections: DwarfSections,
  known: Map<number, ReadonlyMap<number, Abbreviation>>,
): Unit | null {
  const reader = info.from(from, end);
  const offsetBytes = is64 ? 8 : 4;
  const version = reader.u16();
  if (version < 2 || version > 5) return null;
  const type = version >= 5 ? reader.u8() : 1;
  const [first, second] = version >= 5 ? ['size', 'place'] : ['place', 'size'];
  const fields = { size: 0, place: 0 };
  for (const field of [first, second]) {
    if (field === 'size') fields.size = reader.u8();
    else fields.place = reader.word(offsetBytes);
  }
  if (type === TYPE_UNIT || type === SPLIT_TYPE_UNIT || type === SPLIT_UNIT) return null;
  if (type === SKELETON) reader.skip(8);
  let abbreviations = known.get(fields.place);
  if (abbreviations === undefined) {
    if (sections.abbreviations === null) return null;
    abbreviations = readAbbreviations(sections.abbreviations.from(fields.place));
    known.set(fields.place, abbreviations);
  }
  const bases = { stringOffsetsBase: 2 * offsetBytes, addressesBase: 8, rangeListsBase: 0 };
  const coding: UnitCoding = { version, addressBytes: fields.size, offsetBytes, unitAt: at, ...bases };
  return describeUnit({ coding, entriesAt: reader.position, end, abbreviations }, sections);
}

function describeUnit(
  unit: Pick<Unit, 'coding' | 'entriesAt' | 'end' | 'abbreviations'>,
  sections: DwarfSections,
): Unit | null {
  const { coding } = unit;
  const blank: Unit = { ...unit, directory: '', low: 0, statements: null };
  const own = readEntries(blank, sections).next();
  if (own.done === true) return null;
  const place = (...attributes: number[]): number | null => {
    const value = attributes.map((attribute) => own.value.get(attribute)).find((found) => found !== undefined);
    return value?.kind === 'section-offset' || value?.kind === 'constant' ? value.value : null;
  };
  coding.stringOffsetsBase = place(AT.stringOffsetsBase) ?? coding.stringOffsetsBase;
  coding.addressesBase = place(AT.addressesBase, AT.gnuAddressesBase) ?? coding.addressesBase;
  coding.rangeListsBase = place(AT.rangeListsBase) ?? coding.rangeListsBase;
  return {
    ...unit,
    directory: textOf(own.value.get(AT.directory), sections, coding) ?? '',
    low: addressOf(own.value.get(AT.low), sections, coding) ?? 0,
    statements: place(AT.statements),
  };
}

/** All entries of a unit, each after its parent. What is damaged ends the unit. */
export function* readEntries(unit: Unit, sections: DwarfSections): Generator<Entry> {
  const reader = sections.info?.from(unit.entriesAt, unit.end) ?? null;
  let depth = 0;
  while (reader?.atEnd() === false) {
    const at = reader.position;
    const read = unlessDamaged(() => readEntry(reader, unit));
    if (read === null || depth > DEPTH_MAX) return;
    if (read.abbreviation === null) {
      if (--depth <= 0) return;
      continue;
    }
    const { values, abbreviation } = read;
    const get = (attribute: number): AttributeValue | undefined =>
      values[abbreviation.attributes.findIndex((spec) => spec.attribute === attribute)];
    yield { at, depth, tag: abbreviation.tag, get };
    if (abbreviation.hasChildren) depth++;
    else if (depth === 0) return;
  }
}

function readEntry(
  reader: SectionReader,
  unit: Unit,
): { abbreviation: Abbreviation | null; values: readonly AttributeValue[] } {
  const code = reader.uleb();
  if (code === 0) return { abbreviation: null, values: [] };
  const abbreviation = unit.abbreviations.get(code);
  if (abbreviation === undefined) throw new SymbolsError('symbols.damaged-image');
  return { abbreviation, values: abbreviation.attributes.map((spec) => readAttribute(reader, spec, unit.coding)) };
}
