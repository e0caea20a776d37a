import { rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

const CLI = join(root, 'apps/cli/dist');
const BUNDLE = join(CLI, 'bundle');
const CHILD = 'dist/child/main';

/**
 * `crashkeep` and the child that it walks in, as a few files: a command that runs for each crash is mostly the loading of its modules.
 * bin/crashkeep.mjs takes the bundle while nothing has been compiled since, which `inputs.json` lets it see.
 */
export async function bundleCommand() {
  const { rolldown } = await import('rolldown');
  rmSync(BUNDLE, { recursive: true, force: true });
  const bundle = await rolldown({
    input: { main: join(CLI, 'main.js'), [CHILD]: join(root, 'libs/strict/walk', `${CHILD}.js`) },
    platform: 'node',
    plugins: [inPlace()],
    logLevel: 'silent',
  });
  const { output } = await bundle.write({ dir: BUNDLE, format: 'esm', chunkFileNames: 'parts/[name]-[hash].js' });
  await bundle.close();
  const modules = output.flatMap(({ moduleIds }) => moduleIds ?? []);
  const own = modules.flatMap(
    (path) => /^.*\/(?:apps|libs)\/(?!.*\/node_modules\/).*?(?=\/dist\/)/.exec(path)?.[0] ?? [],
  );
  writeFileSync(
    join(BUNDLE, 'inputs.json'),
    JSON.stringify([...new Set(own)].map((folder) => join(folder, 'tsconfig.tsbuildinfo'))),
  );
}

/** Modules that look for files beside their own are told where they were; these stay where they are: native code, and what finds its WebAssembly by `__dirname`. */
const STAY = ['koffi', '@alexaltea/capstone-js'];

function inPlace() {
  return {
    name: 'in-place',
    async resolveId(name, importer) {
      if (!STAY.includes(name)) return null;
      const found = await this.resolve(name, importer, { skipSelf: true });
      return found && { id: found.id, external: 'absolute' };
    },
    async transform(code, path) {
      if (!code.includes('import.meta.')) return null;
      let placed = code.replaceAll('import.meta.url', JSON.stringify(placeOf(path)));
      for (const [asked, name] of placed.matchAll(/import\.meta\.resolve\('([^']+)'\)/g)) {
        const found = await this.resolve(name, path);
        if (found !== null) placed = placed.replaceAll(asked, JSON.stringify(pathToFileURL(found.id).href));
      }
      return { code: placed };
    },
  };
}

/** Of the package that starts the child, a place from which the bundled child is found. */
function placeOf(path) {
  const walk = join(root, 'libs/strict/walk') + sep;
  return pathToFileURL(path.startsWith(walk) ? join(BUNDLE, path.slice(walk.length)) : path).href;
}
