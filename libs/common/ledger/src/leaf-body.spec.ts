import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafBody, parseLeaf } from './index.js';

const DUMP = '5b0f1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d';

test('a body is canonical: keys in order, no space', () => {
  const leaf = parseLeaf('worker', { project: 'p', dump: DUMP, attempt: 1, act: 'dump.leased' });
  expect(leafBody(leaf)).toBe(`{"act":"dump.leased","attempt":1,"dump":"${DUMP}","project":"p"}`);
});

test('the order in which a leaf was written does not show', () => {
  const fields = { act: 'dump.walked', dump: DUMP, project: 'p', walker: 3, bytes: 1 };
  const expected = leafBody(parseLeaf('worker', fields));
  const shuffled = fc.shuffledSubarray(Object.entries(fields), { minLength: 5 });
  fc.assert(
    fc.property(shuffled, (entries) => {
      expect(leafBody(parseLeaf('worker', Object.fromEntries(entries)))).toBe(expected);
    }),
  );
});
