import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
const fixtures = join(process.env.CRASHKEEP_SHARED ?? join(root, '../shared'), 'fixtures');

export function requireFixtures() {
  if (!existsSync(fixtures))
    throw new Error('bench/walk needs the shared fixtures (CRASHKEEP_SHARED names their folder)');
}

/** Paths of the fixtures' minidumps whose names match, unpacked into `folder` where they are packed. */
export function unpackedDumps(folder, pattern) {
  const names = readdirSync(join(fixtures, 'minidumps')).filter((name) => pattern.test(name));
  return names.map((name) => {
    const source = join(fixtures, 'minidumps', name);
    if (!name.endsWith('.gz')) return source;
    const target = join(folder, name.slice(0, -3));
    if (!existsSync(target)) writeFileSync(target, gunzipSync(readFileSync(source)));
    return target;
  });
}

/** A copy of the fixtures' symbols in Breakpad's layout, nothing of it packed. */
export function unpackedSymbols(folder) {
  const [source, target] = [join(fixtures, 'symbols'), join(folder, 'symbols')];
  for (const path of filesUnder(source)) {
    const copy = join(target, relative(source, path));
    mkdirSync(dirname(copy), { recursive: true });
    if (path.endsWith('.gz')) writeFileSync(copy.slice(0, -3), gunzipSync(readFileSync(path)));
    else writeFileSync(copy, readFileSync(path));
  }
  return target;
}

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
