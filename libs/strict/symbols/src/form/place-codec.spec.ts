import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteBudget, ByteWriter } from './byte-writer.js';
import { decodeInlines, decodeLines, encodeInlines, encodeLines } from './place-codec.js';

const BASE = 0x1000;

/** What a damaged DWARF may have come to: a sign, a width or a fraction that no place has. */
const anyNumber = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(-1, -0x8000_0000, 2 ** 32, 2 ** 53, 2 ** 60, -(2 ** 60)),
);
const address = fc.integer({ min: BASE, max: BASE + 4096 });

function isU32(value: number): boolean {
  return value >= 0 && value <= 0xffff_ffff;
}

test('inlines come back as they were, without those that hold a number which is no place', () => {
  const row = fc.record({
    depth: fc.nat(8),
    address,
    size: fc.oneof(fc.integer({ min: 1, max: 64 }), anyNumber),
    callFile: anyNumber,
    callLine: anyNumber,
    origin: anyNumber,
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const writer = new ByteWriter(new ByteBudget(1 << 20));
      encodeInlines(writer, BASE, [...rows]);
      const found = decodeInlines(Buffer.concat(writer.chunks()), BASE);
      const sound = rows.filter(
        ({ size, callFile, callLine, origin }) => size !== 0 && [size, callFile, callLine, origin].every(isU32),
      );
      const inOrder = sound.sort((a, b) => a.depth - b.depth || a.address - b.address || a.size - b.size);
      expect(found).toEqual(inOrder);
    }),
  );
});

test('lines come back as they were, without those that hold a number which is no place', () => {
  const row = fc.record({ address, size: fc.integer({ min: 1, max: 64 }), line: anyNumber, file: anyNumber });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const writer = new ByteWriter(new ByteBudget(1 << 20));
      encodeLines(writer, BASE, [...rows]);
      const found = decodeLines(Buffer.concat(writer.chunks()), BASE);
      const kept: number[] = [];
      let covered = BASE;
      for (const { address: start, size, line, file } of [...rows].sort(
        (a, b) => a.address - b.address || a.size - b.size,
      )) {
        if (start < covered || !isU32(line) || !isU32(file)) continue;
        covered = start + size;
        kept.push(start, covered, line, file);
      }
      expect([...found]).toEqual(kept);
    }),
  );
});
