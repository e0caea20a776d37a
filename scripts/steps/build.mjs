import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { generateApiClient } from './api-client.mjs';
import { bundleCommand } from './bundle-command.mjs';
import { linkCommand } from './link-command.mjs';
import { must, root } from './run.mjs';

const SCHEMAS = {
  strict: 'libs/strict/strict-store',
  lenient: 'libs/lenient/lenient-store',
  identity: 'libs/common/identity',
};
const PAGES = {
  'apps/web': ['libs/common/ui', 'libs/lenient/report', 'libs/lenient/query', 'libs/lenient/console-client'],
  'apps/reading-room': ['libs/common/ui', 'libs/lenient/report'],
};

/** Generates the database clients and the API's, compiles, builds the two pages and the screen's kernels. Does only what has changed. */
export async function build() {
  for (const [schema, store] of Object.entries(SCHEMAS)) generateClient(schema, store);
  generateApiClient();
  must('npx', ['--no-install', 'tsc', '-b']);
  buildKernels();
  for (const [page, from] of Object.entries(PAGES)) buildPage(page, from);
  await bundleCommand();
  linkCommand();
}

function generateClient(schema, store) {
  const source = `prisma/${schema}/schema.prisma`;
  const made = newestIn(join(root, store, 'src/generated'));
  if (made >= statSync(join(root, source)).mtimeMs) return;
  must('npx', ['--no-install', 'prisma', 'generate', '--schema', source], {
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  });
}

/** AssemblyScript to WebAssembly. Without it the screen runs the same loops in TypeScript. */
function buildKernels() {
  const folder = join(root, 'libs/strict/screen');
  const built = newestIn(join(folder, 'build/kernels.wasm'));
  if (built > Math.max(newestIn(join(folder, 'assembly')), newestIn(join(folder, 'package.json')))) return;
  must('npm', ['run', 'build:kernels', '--workspace', 'libs/strict/screen']);
}

function buildPage(page, from) {
  if (!existsSync(join(root, page, 'vite.config.ts'))) return;
  const sources = [page, ...from].flatMap((folder) => [join(root, folder, 'src'), join(root, folder, 'index.html')]);
  const built = join(root, page, 'dist/index.html');
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources.map(newestIn))) return;
  must('npm', ['run', 'build', '--workspace', page]);
}

/** Time of the newest file in a folder, or of the file itself; 0 where there is none. */
function newestIn(path) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
