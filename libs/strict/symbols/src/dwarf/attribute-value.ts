import { SymbolsError } from '../symbols-error.js';
import type { AttributeSpec } from './abbreviations.js';
import type { DwarfSections } from './dwarf-sections.js';
import { type SectionReader, unlessDamaged } from './section-reader.js';

/** What a unit's header and its first entry say of how its attributes are coded. */
export interface UnitCoding {
  readonly version: number;
  readonly addressBytes: number;
  readonly offsetBytes: 4 | 8;
  /** Where the unit begins in .debug_info: references count from there. */
  readonly unitAt: number;
  stringOffsetsBase: number;
  addressesBase: number;
  rangeListsBase: number;
}

/** An attribute's value, as far as names, places and ranges need it. */
export type AttributeValue =
  | { readonly kind: 'address' | 'constant' | 'section-offset'; readonly value: number }
  /** An index into the unit's list of addresses, or of range lists. */
  | { readonly kind: 'address-index' | 'range-index'; readonly value: number }
  /** The place of another entry in .debug_info. */
  | { readonly kind: 'reference'; readonly value: number }
  | { readonly kind: 'string'; readonly in: 'info' | 'str' | 'line-str' | 'index'; readonly value: number }
  | { readonly kind: 'other' };

const OTHER: AttributeValue = { kind: 'other' };

/** Reads a value and stands behind it. A form that is not known cannot be stepped over: `symbols.damaged-image`. */
export function readAttribute(
  reader: SectionReader,
  { form, constant }: AttributeSpec,
  unit: UnitCoding,
): AttributeValue {
  const offset = (): number => reader.word(unit.offsetBytes);
  switch (form) {
    case 0x01:
      return { kind: 'address', value: reader.word(unit.addressBytes) };
    case 0x0b: // data1
    case 0x0c: // flag
      return { kind: 'constant', value: reader.u8() };
    case 0x05:
      return { kind: 'constant', value: reader.u16() };
    case 0x06:
      return unit.version < 4
        ? { kind: 'section-offset', value: reader.u32() }
        : { kind: 'constant', value: reader.u32() };
    case 0x07:
      return { kind: 'constant', value: reader.u64() };
    case 0x0d:
      return { kind: 'constant', value: reader.sleb() };
    case 0x0f:
      return { kind: 'constant', value: reader.uleb() };
    case 0x19:
      return { kind: 'constant', value: 1 };
    case 0x21:
      return { kind: 'constant', value: constant };
    case 0x17:
      return { kind: 'section-offset', value: offset() };
    default:
      return (
        readText(reader, form, offset) ?? readReference(reader, form, unit) ?? readIndexOrBlock(reader, form, unit)
      );
  }
}

function readText(reader: SectionReader, form: number, offset: () => number): AttributeValue | null {
  switch (form) {
    case 0x08: {
      const value = reader.position;
      reader.skipText();
      return { kind: 'string', in: 'info', value };
    }
    case 0x0e:
      return { kind: 'string', in: 'str', value: offset() };
    case 0x1f:
      return { kind: 'string', in: 'line-str', value: offset() };
    case 0x1a: // strx
    case 0x1f02: // GNU_str_index
      return { kind: 'string', in: 'index', value: reader.uleb() };
    case 0x25:
      return { kind: 'string', in: 'index', value: reader.u8() };
    case 0x26:
      return { kind: 'string', in: 'index', value: reader.u16() };
    case 0x27:
      return { kind: 'string', in: 'index', value: reader.u24() };
    case 0x28:
      return { kind: 'string', in: 'index', value: reader.u32() };
    default:
      return null;
  }
}

function readReference(reader: SectionReader, form: number, unit: UnitCoding): AttributeValue | null {
  const inUnit = (value: number): AttributeValue => ({ kind: 'reference', value: unit.unitAt + value });
  switch (form) {
    case 0x10: // ref_addr
      return { kind: 'reference', value: reader.word(unit.version === 2 ? unit.addressBytes : unit.offsetBytes) };
    case 0x11:
      return inUnit(reader.u8());
    case 0x12:
      return inUnit(reader.u16());
    case 0x13:
      return inUnit(reader.u32());
    case 0x14:
      return inUnit(reader.u64());
    case 0x15:
      return inUnit(reader.uleb());
    default:
      return null;
  }
}

function readIndexOrBlock(reader: SectionReader, form: number, unit: UnitCoding): AttributeValue {
  switch (form) {
    case 0x1b: // addrx
    case 0x1f01: // GNU_addr_index
      return { kind: 'address-index', value: reader.uleb() };
    case 0x29:
      return { kind: 'address-index', value: reader.u8() };
    case 0x2a:
      return { kind: 'address-index', value: reader.u16() };
    case 0x2b:
      return { kind: 'address-index', value: reader.u24() };
    case 0x2c:
      return { kind: 'address-index', value: reader.u32() };
    case 0x23:
      return { kind: 'range-index', value: reader.uleb() };
    case 0x22: // loclistx
      reader.uleb();
      return OTHER;
    default:
      reader.skip(blockBytes(reader, form, unit));
      return OTHER;
  }
}

/** Bytes that are left of a value that nobody asks for. */
function blockBytes(reader: SectionReader, form: number, unit: UnitCoding): number {
  switch (form) {
    case 0x03:
      return reader.u16();
    case 0x04:
      return reader.u32();
    case 0x0a:
      return reader.u8();
    case 0x09: // block
    case 0x18: // exprloc
      return reader.uleb();
    case 0x1e:
      return 16;
    case 0x20: // ref_sig8
    case 0x24: // ref_sup8
      return 8;
    case 0x1c: // ref_sup4
      return 4;
    case 0x1d: // strp_sup
    case 0x1f20: // GNU_ref_alt
    case 0x1f21: // GNU_strp_alt
      return unit.offsetBytes;
    default:
      throw new SymbolsError('symbols.damaged-image');
  }
}

/** Null for what is no text, or is damaged. */
export function textOf(value: AttributeValue | undefined, sections: DwarfSections, unit: UnitCoding): string | null {
  if (value?.kind !== 'string') return null;
  if (value.in === 'str') return sections.string(value.value);
  if (value.in === 'line-str') return sections.lineString(value.value);
  if (value.in === 'info') return unlessDamaged(() => sections.info?.from(value.value).text() ?? null);
  return unlessDamaged(() => {
    const at = unit.stringOffsetsBase + value.value * unit.offsetBytes;
    const offset = sections.stringOffsets?.from(at).word(unit.offsetBytes);
    return offset === undefined ? null : sections.string(offset);
  });
}

/** Null for what is no address. */
export function addressOf(value: AttributeValue | undefined, sections: DwarfSections, unit: UnitCoding): number | null {
  if (value?.kind === 'address') return value.value;
  return value?.kind === 'address-index' ? addressAt(value.value, sections, unit) : null;
}

export function addressAt(index: number, sections: DwarfSections, unit: UnitCoding): number | null {
  const at = unit.addressesBase + index * unit.addressBytes;
  return unlessDamaged(() => sections.addresses?.from(at).word(unit.addressBytes) ?? null);
}
