import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { integerSetting, optionalSetting, secretSetting, setting } from './settings.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a missing setting is named', () => {
  expect(() => setting('CRASHKEEP_NOWHERE')).toThrow('CRASHKEEP_NOWHERE is not set');
  expect(optionalSetting('CRASHKEEP_NOWHERE')).toBeNull();
});

test('a number outside its bounds is refused, and not repeated', () => {
  vi.stubEnv('CRASHKEEP_N', '999');
  expect(() => integerSetting('CRASHKEEP_N', { default: 1, min: 0, max: 10 })).toThrow(/from 0 to 10/);
  vi.stubEnv('CRASHKEEP_N', '7');
  expect(integerSetting('CRASHKEEP_N', { default: 1, min: 0, max: 10 })).toBe(7);
});

test('a secret comes from a file, and only from there', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ck-settings-')), 'secret');
  writeFileSync(file, 'hunter2\n');
  vi.stubEnv('CRASHKEEP_S', 'in-the-open');
  expect(() => secretSetting('CRASHKEEP_S')).toThrow('CRASHKEEP_S_FILE is not set');
  vi.stubEnv('CRASHKEEP_S_FILE', file);
  expect(secretSetting('CRASHKEEP_S')).toBe('hunter2');
});
