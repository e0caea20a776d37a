import { BufferSource } from '@crashkeep/snapshot';
import { expect, test } from 'vitest';
import { convertElfSymbols } from '../elf/convert-elf-symbols.js';
import { openSymbolForm } from '../form/open-symbol-form.js';

/** 1: a unit with children. 2: a function at an address, which another entry says more of. 3: a function's declaration. */
const ABBREVIATIONS = Buffer.from('0111010000022e001101120631130000032e0003080000' + '00', 'hex');
const UNIT_HEADER_BYTES = 11;
const FUNCTION_BYTES = 17;
/** The first function stands behind the unit's own entry. */
const FIRST = UNIT_HEADER_BYTES + 1;

/** A unit of functions of 16 bytes, from 0x1000 on, each with the place in the unit of what says more; then a declaration. */
function unitOf(origins: readonly number[]): Buffer {
  const functions = origins.map((origin, i) => {
    const bytes = Buffer.alloc(FUNCTION_BYTES);
    bytes.writeUInt8(2, 0);
    bytes.writeBigUInt64LE(0x1000n + BigInt(i) * 16n, 1);
    bytes.writeUInt32LE(16, 9);
    bytes.writeUInt32LE(origin, 13);
    return bytes;
  });
  const entries = Buffer.concat([Buffer.from([1]), ...functions, Buffer.from('\u0003named\0\0', 'latin1')]);
  const header = Buffer.alloc(UNIT_HEADER_BYTES);
  header.writeUInt32LE(UNIT_HEADER_BYTES - 4 + entries.length, 0);
  header.writeUInt16LE(4, 4);
  header.writeUInt8(8, 10);
  return Buffer.concat([header, entries]);
}

/** An ELF file of amd64 with these sections and nothing else. */
function elfOf(sections: Readonly<Record<string, Buffer>>): Buffer {
  const named = Object.entries({ ...sections, '.shstrtab': Buffer.alloc(0) });
  const names = Buffer.from(`\0${named.map(([name]) => `${name}\0`).join('')}`);
  const bodies = named.map(([name, body]) => (name === '.shstrtab' ? names : body));
  const header = Buffer.alloc(64);
  header.write('\u007fELF\u0002\u0001\u0001', 'latin1');
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(62, 18);
  header.writeBigUInt64LE(BigInt(64 + bodies.reduce((sum, { length }) => sum + length, 0)), 40);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(named.length + 1, 60);
  header.writeUInt16LE(named.length, 62);
  let [at, nameAt] = [64, 1];
  const table = bodies.map((body, i) => {
    const row = Buffer.alloc(64);
    row.writeUInt32LE(nameAt, 0);
    row.writeUInt32LE(named[i]?.[0] === '.shstrtab' ? 3 : 1, 4);
    row.writeBigUInt64LE(BigInt(at), 24);
    row.writeBigUInt64LE(BigInt(body.length), 32);
    at += body.length;
    nameAt += (named[i]?.[0].length ?? 0) + 1;
    return row;
  });
  return Buffer.concat([header, ...bodies, Buffer.alloc(64), ...table]);
}

function namesOf(origins: readonly number[]): (string | null)[] {
  const elf = elfOf({ '.debug_info': unitOf(origins), '.debug_abbrev': ABBREVIATIONS });
  const form = openSymbolForm(new BufferSource(Buffer.concat(convertElfSymbols(new BufferSource(elf)).form)));
  return origins.map((_, i) => form.describe(0x1008 + i * 16)?.function ?? null);
}

function placeOf(ordinal: number): number {
  return FIRST + ordinal * FUNCTION_BYTES;
}

test('a function is named by the entry that it refers to, also over others', () => {
  expect(namesOf([placeOf(2), placeOf(0)])).toEqual(['named', 'named']);
});

test('entries that refer to each other in a circle, to themselves or astray have no name, and conversion ends', () => {
  expect(namesOf([placeOf(1), placeOf(0), placeOf(2), 0xffff_fff0, 3, placeOf(6)])).toEqual([
    ...[null, null, null, null, null],
    'named',
  ]);
  const ring = Array.from({ length: 4096 }, (_, i) => placeOf((i + 1) % 4096));
  expect(namesOf(ring).every((name) => name === null)).toBe(true);
});
