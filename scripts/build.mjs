// `npm run build`: packages, database clients, compiled code, the two pages.
import { build } from './steps/build.mjs';
import { ensureInstalled } from './steps/install.mjs';
import { requireNode } from './steps/node-version.mjs';

requireNode();
ensureInstalled();
await build();
