import { addressAt, addressOf, type AttributeValue, type UnitCoding } from './attribute-value.js';
import type { DwarfSections } from './dwarf-sections.js';
import { type SectionReader, unlessDamaged } from './section-reader.js';

export interface AddressRange {
  readonly start: number;
  readonly end: number;
}

const RANGES_MAX = 10_000;

export interface RangeAttributes {
  readonly low: AttributeValue | undefined;
  readonly high: AttributeValue | undefined;
  readonly ranges: AttributeValue | undefined;
}

/** An entry's addresses, as linked; none for a declaration, or for what is damaged. */
export function rangesOf(
  { low, high, ranges }: RangeAttributes,
  sections: DwarfSections,
  unit: UnitCoding,
  unitBase: number,
): AddressRange[] {
  if (ranges !== undefined) return unlessDamaged(() => listedRanges(ranges, sections, unit, unitBase)) ?? [];
  const start = addressOf(low, sections, unit);
  if (start === null) return [];
  // Since DWARF 4 the end is mostly told as a distance.
  const end = high?.kind === 'constant' ? start + high.value : addressOf(high, sections, unit);
  return end === null || end <= start ? [] : [{ start, end }];
}

function listedRanges(
  value: AttributeValue,
  sections: DwarfSections,
  unit: UnitCoding,
  unitBase: number,
): AddressRange[] {
  if (unit.version < 5) {
    const isPlace = value.kind === 'section-offset' || value.kind === 'constant';
    const reader = isPlace ? sections.ranges?.from(value.value) : undefined;
    return reader === undefined ? [] : readRanges(reader, unit, unitBase);
  }
  const list = sections.rangeLists;
  if (list === null) return [];
  if (value.kind === 'section-offset') return readRangeList(list.from(value.value), sections, unit, unitBase);
  if (value.kind !== 'range-index') return [];
  const offset = list.from(unit.rangeListsBase + value.value * unit.offsetBytes).word(unit.offsetBytes);
  return readRangeList(list.from(unit.rangeListsBase + offset), sections, unit, unitBase);
}

/** .debug_ranges: pairs, relative to a base that an entry of all ones in front sets anew. */
function readRanges(reader: SectionReader, { addressBytes }: UnitCoding, unitBase: number): AddressRange[] {
  const ranges: AddressRange[] = [];
  const isBase = (start: number): boolean => start === (addressBytes === 8 ? 2 ** 64 : 0xffff_ffff);
  let base = unitBase;
  for (let i = 0; i < RANGES_MAX; i++) {
    const [start, end] = [reader.word(addressBytes), reader.word(addressBytes)];
    if (start === 0 && end === 0) break;
    if (isBase(start)) base = end;
    else if (end > start) ranges.push({ start: base + start, end: base + end });
  }
  return ranges;
}

/** .debug_rnglists. */
function readRangeList(
  reader: SectionReader,
  sections: DwarfSections,
  unit: UnitCoding,
  unitBase: number,
): AddressRange[] {
  const ranges: AddressRange[] = [];
  const add = (start: number | null, end: number | null): void => {
    if (start !== null && end !== null && end > start) ranges.push({ start, end });
  };
  const indexed = (): number | null => addressAt(reader.uleb(), sections, unit);
  let base = unitBase;
  for (let i = 0; i < RANGES_MAX; i++) {
    const kind = reader.u8();
    if (kind === 0) return ranges;
    if (kind === 1) base = indexed() ?? 0;
    else if (kind === 2) add(indexed(), indexed());
    else if (kind === 3) {
      const start = indexed();
      add(start, (start ?? 0) + reader.uleb());
    } else if (kind === 4) add(base + reader.uleb(), base + reader.uleb());
    else if (kind === 5) base = reader.word(unit.addressBytes);
    else if (kind === 6) add(reader.word(unit.addressBytes), reader.word(unit.addressBytes));
    else if (kind === 7) {
      const start = reader.word(unit.addressBytes);
      add(start, start + reader.uleb());
    } else return ranges;
  }
  return ranges;
}
