import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveSpans } from './resolve-spans.js';

const row = 0;

test('a public symbol behind the end of its own section answers for nothing', () => {
  const publics = [
    { address: 0x100, end: 0x180, row },
    { address: 0x200, end: 0x180, row },
  ];
  expect([...resolveSpans([], publics)].map(({ start, end }) => [start, end])).toEqual([[0x100, 0x180]]);
});

const places = fc.uniqueArray(fc.record({ address: fc.nat(400), size: fc.nat(60) }), { selector: (it) => it.address });

test('spans are never empty, rise and never overlap, wherever symbols say that they end', () => {
  fc.assert(
    fc.property(places, places, (sized, others) => {
      const byAddress = (a: { address: number }, b: { address: number }): number => a.address - b.address;
      let covered = 0;
      const functions = sized.sort(byAddress).flatMap(({ address, size }) => {
        if (address < covered || size === 0) return [];
        covered = address + size;
        return [{ address, end: covered, row }];
      });
      const publics = others.sort(byAddress).map(({ address, size }) => ({ address, end: address + size - 30, row }));
      let last = 0;
      for (const { start, end, base } of resolveSpans(functions, publics)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(base).toBeLessThanOrEqual(start);
        last = end;
      }
    }),
  );
});
