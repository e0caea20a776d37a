import { expect, test } from 'vitest';
import { DumpIdText, ProjectIdText, newDumpId } from './index.js';

test('a new dump id is one', () => {
  expect(DumpIdText.safeParse(newDumpId()).success).toBe(true);
});

test.each(['', '-a', 'a-', 'A', 'a b', '../x', 'a'.repeat(41)])('%j is no project id', (text) => {
  expect(ProjectIdText.safeParse(text).success).toBe(false);
});
