// `npm start`: needs Node and npm only. Installs and builds what is not there yet, then runs the vault until Ctrl-C.
import { build } from './steps/build.mjs';
import { bundleApps } from './steps/bundle.mjs';
import { isBuilt, markBuilt } from './steps/build-stamp.mjs';
import { ensureInstalled } from './steps/install.mjs';
import { requireNode } from './steps/node-version.mjs';
import { requireWritableClone } from './steps/writable-clone.mjs';

requireNode();
if (!isBuilt()) {
  requireWritableClone();
  ensureInstalled();
  console.log('Building (a minute the first time, only what changed after that)…');
  await build();
  await bundleApps();
  markBuilt();
}
// Only here is it sure that they are of today's sources.
process.env.CRASHKEEP_APPS = 'bundled';
await import('../apps/standalone/dist/main.js');
