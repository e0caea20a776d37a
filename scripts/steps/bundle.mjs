import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const APPS = ['keeper', 'sequencer', 'worker', 'ingest', 'lenient-api', 'strict-api'];
/** Native code, and packages that look for files beside their own: these stay where they are. */
const STAY = ['koffi', '@node-rs/argon2', '@crashkeep/screen', '@crashkeep/symbols', '@crashkeep/walk'];
/** Nest asks for these and does without. */
const ABSENT = /^(@nestjs\/(microservices|websockets)|@fastify\/|class-validator|class-transformer)/;

/**
 * Each app and its packages as a few files, for `npm start` on this machine: an app loads some thousand modules, which costs a core
 * one and a half seconds, and five apps start at once. As a bundle it is half a second. What runs elsewhere runs dist/main.js.
 */
export async function bundleApps() {
  const { rolldown } = await import('rolldown');
  for (const app of APPS) {
    const input = join(root, 'apps', app, 'dist/main.js');
    const folder = join(root, 'apps', app, 'dist/bundle');
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(input)) continue;
    const bundle = await rolldown({
      input,
      platform: 'node',
      external: ABSENT,
      plugins: [staying()],
      logLevel: 'silent',
    });
    await bundle.write({ dir: folder, format: 'esm' });
    await bundle.close();
  }
}

/** With linked packages an app cannot resolve what only its dependencies declare: so these are named by their place. */
function staying() {
  return {
    name: 'staying',
    async resolveId(name, importer) {
      if (!STAY.includes(name)) return null;
      const found = await this.resolve(name, importer, { skipSelf: true });
      return found && { id: found.id, external: 'absolute' };
    },
  };
}
