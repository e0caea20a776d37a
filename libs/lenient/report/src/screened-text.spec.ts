import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCREENED_TEXT_MAX, ScreenedTextWire } from './index.js';
import { mintScreenedText } from './mint.js';

test.each([
  ['a line feed', 'a\nb'],
  ['an escape', '\u001b[31m'],
  ['a right-to-left override', 'exe\u202egnp.'],
  ['an isolate', '\u2066x'],
  ['a zero-width joiner', 'a\u200db'],
  ['a byte order mark', '\ufeffx'],
  ['a lone surrogate', '\ud800'],
  ['a private character', '\ue000'],
  ['a line separator', 'a\u2028b'],
  ['nothing', ''],
])('%s is not minted and not taken back', (_, text) => {
  expect(mintScreenedText(text, 100)).toBeNull();
  expect(ScreenedTextWire.safeParse(text).success).toBe(false);
});

test('names in any script are', () => {
  for (const text of ['std::vector<int>', 'größe', '関数', "`anonymous namespace'::f"]) {
    expect(mintScreenedText(text, 100)).toBe(text);
  }
});

test('what is minted is taken back as it is, and bounds hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 64 }), fc.integer({ min: 0, max: 64 }), (text, max) => {
      const minted = mintScreenedText(text, max);
      if (minted === null) return;
      expect(minted.length).toBeLessThanOrEqual(max);
      expect(ScreenedTextWire.parse(minted)).toBe(text);
    }),
  );
  expect(mintScreenedText('x'.repeat(SCREENED_TEXT_MAX + 1), 1e9)).toBeNull();
});
