import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { crashReason } from './crash-reason.js';

const REASONS = new URL('../../../strict/minidump/src/reason/', import.meta.url);

/** Names as the readers' tables have them: of a text, with its prefix; of the others, whole. */
function namesIn(file: string, prefix: string): string[] {
  const text = readFileSync(fileURLToPath(new URL(file, REASONS)), 'utf8');
  const tables = [...text.matchAll(/`([^`]*)`/g)].flatMap((it) => (it[1] ?? '').split(/\s+/));
  return tables
    .filter((word) => /^!?[A-Z][A-Z0-9_]+$/.test(word))
    .map((word) => (word.startsWith('!') ? word.slice(1) : prefix + word));
}

describe('every name that a reader may say passes, so that no reason is lost at the airlock', () => {
  const tables = readdirSync(fileURLToPath(new URL('tables/', REASONS)));
  test.each(tables)('%s', (table) => {
    const names = namesIn(`tables/${table}`, table.startsWith('nt') ? 'STATUS_' : 'ERROR_');
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => !crashReason(name).whole)).toEqual([]);
  });

  test('exceptions, fast fails and what is said in words', () => {
    const source = readFileSync(fileURLToPath(new URL('windows-codes.ts', REASONS)), 'utf8');
    const spoken = [...source.matchAll(/^ {2}0x[0-9a-f_]+: '([^']+)',$/gm)].map((it) => it[1] ?? '');
    expect(spoken).toContain('Unhandled C++ Exception');
    const names = [
      ...namesIn('windows-codes.ts', 'EXCEPTION_'),
      ...namesIn('windows-codes.ts', 'FAST_FAIL_'),
      ...spoken,
    ];
    expect(names.filter((name) => !crashReason(`EXCEPTION_IN_PAGE_ERROR_READ / ${name}`).whole)).toEqual([]);
  });

  test('Mach exceptions, their kinds and flavours', () => {
    const source = readFileSync(fileURLToPath(new URL('mac-codes.ts', REASONS)), 'utf8');
    const names = [...source.matchAll(/'([A-Z][A-Z0-9_]+)'/g)].map((it) => it[1] ?? '');
    expect(names.length).toBeGreaterThan(80);
    expect(names.filter((name) => !crashReason(`EXC_GUARD / ${name}`).whole)).toEqual([]);
  });
});
