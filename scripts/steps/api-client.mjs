// Types of the console's client from the routes and schemas that lenient-api has, as compiled.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, root } from './run.mjs';

const CLIENT = 'libs/lenient/console-client';

/** Compiles lenient-api, and writes the client's types where its description has changed. */
export function generateApiClient() {
  must('npx', ['--no-install', 'tsc', '-b', 'apps/lenient-api']);
  const description = execFileSync(process.execPath, [join(root, 'apps/lenient-api/dist/openapi-main.js')], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const folder = join(root, CLIENT, 'src/generated');
  const kept = join(folder, 'openapi.json');
  const types = join(folder, 'api.ts');
  if (existsSync(types) && existsSync(kept) && readFileSync(kept, 'utf8') === description) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(kept, description);
  must(process.execPath, [join(root, CLIENT, 'node_modules/openapi-typescript/bin/cli.js'), kept, '--output', types]);
}
