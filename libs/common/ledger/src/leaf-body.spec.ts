import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafBody, parseLeaf } from './index.js';

const DUMP = '5b0f1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d';

test('a body is canonical: keys in order, no space', () => {
  const leaf = parseLeaf('ingest', { parts: 0, bytes: 1, token: null, project: 'p', dump: DUMP, act: 'dump.received' });
  expect(leafBody(leaf)).toBe(
    `{"act":"dump.received","bytes":1,"dump":"${DUMP}","parts":0,"project":"p","token":null}`,
  );
});

test('the order in which a leaf was written does not show', () => {
  const fields = { act: 'dump.received', dump: DUMP, project: 'p', token: null, bytes: 1, parts: 0 };
  const expected = leafBody(parseLeaf('ingest', fields));
  const shuffled = fc.shuffledSubarray(Object.entries(fields), { minLength: 6 });
  fc.assert(
    fc.property(shuffled, (entries) => {
      expect(leafBody(parseLeaf('ingest', Object.fromEntries(entries)))).toBe(expected);
    }),
  );
});
