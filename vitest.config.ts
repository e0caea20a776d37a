import { defineConfig } from 'vitest/config';

// Sources, not dist: a stale build beside a source file must never be what is tested.
const conditions = ['@crashkeep/source', 'module', 'node', 'development'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ['libs/**/src/**/*.spec.ts'], testTimeout: 60_000 },
});
