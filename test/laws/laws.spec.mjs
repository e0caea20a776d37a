import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkLaws } from './check-laws.mjs';

const PACKAGES = {
  'libs/common/ids': [],
  'libs/common/access': ['ids'],
  'libs/lenient/report': ['ids'],
  'libs/airlock': ['report', 'snapshot'],
  'libs/strict/snapshot': [],
  'libs/strict/minidump': ['snapshot'],
  'libs/strict/unseal': [],
  'apps/worker': ['airlock', 'unseal', 'minidump'],
  'apps/ingest': ['ids'],
  'apps/lenient-api': ['report'],
  'apps/cli': ['minidump'],
};
const folderOf = (name) => Object.keys(PACKAGES).find((folder) => folder.endsWith(`/${name}`));
const planted = [];
afterEach(() => {
  for (const root of planted.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** A small house in order, with files put over it. */
function house(files = {}) {
  const root = mkdtempSync(join(tmpdir(), 'ck-laws-'));
  planted.push(root);
  const put = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('package.json', JSON.stringify({ name: 'house', private: true, type: 'module' }));
  for (const [folder, needs] of Object.entries(PACKAGES)) {
    const dependencies = Object.fromEntries(needs.map((name) => [`@crashkeep/${name}`, '0.1.0']));
    const exports = { '.': { '@crashkeep/source': './src/index.ts' } };
    put(
      `${folder}/package.json`,
      JSON.stringify({ name: `@crashkeep/${folder.split('/').at(-1)}`, type: 'module', exports, dependencies }),
    );
    put(
      `${folder}/src/index.ts`,
      `${needs.map((name) => `import '@crashkeep/${name}';`).join('\n')}\nexport interface Thing {}\n`,
    );
    put(`${folder}/src/inner.ts`, 'export const inner = 1;\n');
  }
  for (const [path, text] of Object.entries(files)) put(path, text);
  mkdirSync(join(root, 'node_modules/@crashkeep'), { recursive: true });
  for (const name of Object.keys(PACKAGES).map((folder) => folder.split('/').at(-1))) {
    symlinkSync(join(root, folderOf(name)), join(root, 'node_modules/@crashkeep', name));
  }
  return root;
}

const lenient = 'apps/lenient-api/src/extra.ts';
const common = 'libs/common/access/src/extra.ts';
const strictPackage = JSON.stringify({
  name: '@crashkeep/lenient-api',
  type: 'module',
  dependencies: { '@crashkeep/report': '0.1.0', '@crashkeep/snapshot': '0.1.0' },
});

describe('laws', () => {
  test('a house in order breaks none', async () => {
    expect(await checkLaws(house())).toEqual([]);
  });

  test.each([
    ['law-1', 'a static import', { [lenient]: "import '@crashkeep/snapshot';" }],
    [
      'law-1',
      'a type-only import',
      { [lenient]: "import type { Thing } from '@crashkeep/snapshot';\nexport type T = Thing;" },
    ],
    ['law-1', 'a dynamic import', { [lenient]: "export const later = () => import('@crashkeep/snapshot');" }],
    ['law-1', 'a relative path', { [lenient]: "import '../../../libs/strict/snapshot/src/inner.js';" }],
    ['law-1', 'common, too', { [common]: "import '@crashkeep/snapshot';" }],
    [
      'law-1',
      'through a file of its own',
      {
        [lenient]: "import './between.js';",
        'apps/lenient-api/src/between.ts': "export type { Thing } from '@crashkeep/snapshot';",
      },
    ],
    ['law-1', 'through the airlock', { [lenient]: "import '@crashkeep/airlock';" }],
    ['law-2', 'ingest opens the airlock', { 'apps/ingest/src/extra.ts': "import '@crashkeep/airlock';" }],
    ['law-3', 'ingest unseals', { 'apps/ingest/src/extra.ts': "import '@crashkeep/unseal';" }],
    [
      'law-3',
      'the airlock unseals',
      { 'libs/airlock/src/extra.ts': "import type { Thing } from '@crashkeep/unseal';\nexport type T = Thing;" },
    ],
    [
      'law-4',
      'a library imports an app',
      { 'libs/strict/minidump/src/extra.ts': "import '../../../../apps/worker/src/index.js';" },
    ],
    [
      'law-4',
      'a library imports Nest',
      {
        'libs/strict/minidump/src/extra.ts': "import '@nestjs/common';",
        'node_modules/@nestjs/common/package.json': '{"name":"@nestjs/common","main":"index.js"}',
        'node_modules/@nestjs/common/index.js': '',
      },
    ],
    ['law-4', 'an app imports an app', { 'apps/worker/src/extra.ts': "import '../../ingest/src/index.js';" }],
    [
      'law-5',
      'a cycle',
      {
        'libs/strict/minidump/src/a.ts': "import './b.js';\nexport const a = 1;",
        'libs/strict/minidump/src/b.ts': "import './a.js';\nexport const b = 1;",
      },
    ],
    ['law-6', 'past an index', { 'libs/strict/minidump/src/extra.ts': "import '../../snapshot/src/inner.js';" }],
    [
      'root',
      'the root declares a package of the house',
      {
        'package.json': JSON.stringify({ name: 'house', devDependencies: { '@crashkeep/snapshot': '0.1.0' } }),
      },
    ],
    [
      'root',
      'the root depends on a library',
      { 'package.json': JSON.stringify({ name: 'house', dependencies: { zod: '^4.0.0' } }) },
    ],
    ['rows', 'a lenient app declares a strict package', { 'apps/lenient-api/package.json': strictPackage }],
    [
      'tests',
      'a system test imports the house',
      { 'test/system/a.ts': "import '../../libs/common/ids/src/index.js';" },
    ],
  ])('%s refuses: %s', async (law, _what, files) => {
    const broken = await checkLaws(house(files));
    expect(broken.join('\n')).toContain(law);
  });
});
