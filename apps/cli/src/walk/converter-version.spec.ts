import { createHash } from 'node:crypto';
import { BufferSource } from '@crashkeep/snapshot';
import { sampleSymbols } from '@crashkeep/synth';
import { expect, test } from 'vitest';
import { CONVERTER_VERSION, convertSymbolFile, loadDemangler } from '@crashkeep/symbols';

/** What each version made of the sample's symbol files. */
const MADE: Readonly<Record<number, string>> = {
  1: '8ff7a72051d2309e2391e622b7d94e2a04315be9abbda12e64dad26cb9d77fac',
  2: '9248ec9315a5a90115c1da2ddf2a25cf963d33db25829fbbd47710a2d85c9941',
};

test('a converter that makes other forms has another version: forms are kept by it', async () => {
  const demangle = await loadDemangler();
  const digest = createHash('sha256');
  for (const { text } of sampleSymbols()) {
    const { form } = await convertSymbolFile(new BufferSource(Buffer.from(text)), { demangle });
    for (const piece of form) digest.update(piece);
  }
  expect(digest.digest('hex')).toBe(MADE[CONVERTER_VERSION]);
});
