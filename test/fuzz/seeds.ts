import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureFolder, readFixture } from '../fixtures/fixture-folder.js';

/** Inputs from a folder of the shared fixtures that are small enough, at most `count` of them from all over it; none where the folder is not here. */
export function fixtureSeeds(folder: string, maxBytes: number, count: number): Uint8Array[] {
  const fixtures = fixtureFolder();
  const path = fixtures === null ? null : join(fixtures, folder);
  if (path === null || !existsSync(path)) return [];
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFixture(join(entry.parentPath, entry.name)))
    .filter((bytes) => bytes.length <= maxBytes);
  const step = Math.max(1, files.length / count);
  return Array.from(
    { length: Math.min(count, files.length) },
    (_, i) => files[Math.floor(i * step)] ?? new Uint8Array(0),
  );
}
