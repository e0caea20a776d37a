import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Sources, not dist: a stale build beside a source file must never be what is tested.
const conditions = ['@crashkeep/source', 'module', 'node', 'development'];
const resolve = { conditions };
const ssr = { resolve };
// @mantine/hooks imports react-dom and does not declare it: with linked workspaces it must be told where that is.
const alias = [
  {
    find: /^react-dom$/,
    replacement: fileURLToPath(new URL('libs/common/ui/node_modules/react-dom', import.meta.url)),
  },
];

export default defineConfig({
  test: {
    globalSetup: ['libs/common/testkit/src/vitest-global-setup.ts'],
    // Two cores are the least that we count on; a browser, a database and a vault share them with the tests.
    maxWorkers: 2,
    projects: [
      {
        resolve: { ...resolve, alias },
        ssr,
        test: {
          name: 'unit',
          server: { deps: { inline: [/@mantine/] } },
          include: ['apps/**/src/**/*.spec.{ts,tsx}', 'libs/**/src/**/*.spec.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'laws', include: ['test/{laws,proofs}/**/*.spec.mjs'], testTimeout: 120_000 } },
      {
        resolve,
        ssr,
        test: { name: 'fixtures', include: ['test/fixtures/**/*.spec.ts'], testTimeout: 600_000, hookTimeout: 600_000 },
      },
      {
        resolve,
        ssr,
        test: { name: 'planted', include: ['test/planted/**/*.spec.ts'], testTimeout: 300_000 },
      },
      {
        test: {
          name: 'system',
          include: ['test/system/**/*.spec.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
