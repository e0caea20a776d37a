import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafBody, leafHash, parseLeaf } from './index.js';

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

test('a leaf hash is SHA-256 of 0x00, salt and body', () => {
  // printf '\0' | cat - salt body | sha256sum, of sixteen zero bytes and `{}`
  expect(leafHash(new Uint8Array(16), '{}').toString('hex')).toBe(
    'd49d107d35fc788f422bc716c87a1f13c4c5ce102911cd9a4d018c4b74d7996a',
  );
});
