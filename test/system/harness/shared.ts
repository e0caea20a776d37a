import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './vault.js';

/** Dumps, symbols and expectations from elsewhere; they are not part of this repository. */
export const shared = process.env.CRASHKEEP_SHARED ?? join(root, '../shared');
export const hasShared = existsSync(join(shared, 'fixtures/MANIFEST.tsv'));
/** For a test's title where it is skipped. */
export const sharedNote = hasShared ? '' : ' (the shared fixtures are not here)';

const unpacked = join(mkdtempSync(join(tmpdir(), 'crashkeep-fixtures-')));

/** A fixture's file, unpacked where it is gzip. */
export function fixtureFile(path: string): string {
  const full = join(shared, 'fixtures', path);
  if (existsSync(full)) return full;
  const target = join(unpacked, path.replaceAll('/', '_'));
  if (!existsSync(target)) writeFileSync(target, gunzipSync(readFileSync(`${full}.gz`)));
  return target;
}

export function dumpIds(pattern: RegExp): string[] {
  return readdirSync(join(shared, 'fixtures/minidumps'))
    .map((name) => name.replace(/\.dmp(?:\.gz)?$/, ''))
    .filter((id) => pattern.test(id))
    .sort();
}

export function expectation(id: string, kind: 'sym' | 'nosym'): unknown {
  return JSON.parse(readFileSync(fixtureFile(`expected/${id}.${kind}.json`), 'utf8'));
}

/** `DEBUG_FILE/DEBUG_ID/NAME.sym` of every symbol file, for the modules that are asked for. */
export function symbolPaths(
  modules: readonly { readonly debug_file: string | null; readonly debug_id: string | null }[],
): string[] {
  return modules.flatMap(({ debug_file: file, debug_id: id }) => {
    if (file === null || id === null) return [];
    const folder = join(shared, 'fixtures/symbols', file, id);
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((name) => `${file}/${id}/${name.replace(/\.gz$/, '')}`);
  });
}

/** Expectations that the references themselves disagree on. */
export function isDisputed(expectedFile: string): boolean {
  return readFileSync(join(shared, 'fixtures/disputed.tsv'), 'utf8')
    .split('\n')
    .some((line) => line.startsWith(`${expectedFile}\t`));
}
