import type { LinePool } from '../dwarf/line-pool.js';
import type { FormBuilder } from '../form/form-builder.js';
import { SectionReader, unlessDamaged } from '../dwarf/section-reader.js';
import type { ElfFile } from './elf-file.js';

const SYMBOLS_MAX = 8_000_000;
const STT_FUNC = 2;
const STT_GNU_IFUNC = 10;
const ADDRESS_END = 0xffff_ffff;

interface ElfSymbol {
  readonly nameAt: number;
  readonly address: number;
  readonly size: number;
  /** End of its section. */
  readonly limit: number;
  /** Of names for one address the better known: global before weak before local. */
  readonly rank: number;
}

/** Adds functions of .symtab and .dynsym at offsets that are not `taken` yet, with the lines that debug information has for them. */
export function addElfNames(elf: ElfFile, builder: FormBuilder, taken: Set<number>, lines: LinePool): void {
  for (const [table, strings] of [
    ['.symtab', '.strtab'],
    ['.dynsym', '.dynstr'],
  ] as const) {
    const [symbols, names] = [elf.bytesOf(table), elf.bytesOf(strings)];
    if (symbols === null || names === null) continue;
    const found = readSymbols(elf, symbols).filter(({ address }) => !taken.has(address));
    const text = new SectionReader(names);
    for (const symbol of bestByAddress(found)) {
      const name = unlessDamaged(() => text.from(symbol.nameAt).text());
      if (name === null || name === '') continue;
      taken.add(symbol.address);
      addSymbol(builder, symbol, name, lines);
    }
  }
}

function addSymbol(builder: FormBuilder, { address, size, limit }: ElfSymbol, text: string, pool: LinePool): void {
  const name = builder.name(text);
  const lines = pool.within(address, address + size);
  if (size === 0) builder.addPublic({ address, limit, parameterBytes: 0, name, sortKey: text });
  else builder.addFunction({ address, size, parameterBytes: 0, name, lines, inlines: [] });
}

function readSymbols(elf: ElfFile, bytes: Uint8Array): ElfSymbol[] {
  const entryBytes = elf.is64 ? 24 : 16;
  const reader = new SectionReader(bytes);
  const symbols: ElfSymbol[] = [];
  const count = Math.min(SYMBOLS_MAX, Math.floor(bytes.length / entryBytes));
  for (let i = 0; i < count; i++) {
    const { nameAt, value, size, info, section } = readSymbol(reader, elf.is64);
    const type = info & 15;
    if ((type !== STT_FUNC && type !== STT_GNU_IFUNC) || section === 0) continue;
    // The lowest bit of an ARM function says Thumb.
    const address = (elf.cpu === 'arm' ? value - (value % 2) : value) - elf.base;
    if (address < 0 || address + size > ADDRESS_END) continue;
    const home = elf.sections[section];
    const limit = home === undefined ? ADDRESS_END : home.address + home.size - elf.base;
    symbols.push({ nameAt, address, size, limit, rank: [0, 2, 1][info >>> 4] ?? 0 });
  }
  return symbols;
}

function readSymbol(
  reader: SectionReader,
  is64: boolean,
): { nameAt: number; value: number; size: number; info: number; section: number } {
  const nameAt = reader.u32();
  if (!is64) {
    const [value, size, info] = [reader.u32(), reader.u32(), reader.u8()];
    reader.skip(1);
    return { nameAt, value, size, info, section: reader.u16() };
  }
  const info = reader.u8();
  reader.skip(1);
  const section = reader.u16();
  return { nameAt, info, section, value: reader.u64(), size: reader.u64() };
}

function bestByAddress(symbols: readonly ElfSymbol[]): ElfSymbol[] {
  const best = new Map<number, ElfSymbol>();
  for (const symbol of symbols) {
    const other = best.get(symbol.address);
    if (other === undefined || symbol.rank > other.rank) best.set(symbol.address, symbol);
  }
  return [...best.values()];
}
