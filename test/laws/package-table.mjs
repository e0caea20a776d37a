// DESIGN.md 3: who stands in which row. A package depends on its own side's lower rows and on common; only strict apps
// depend on the lenient side, and only the airlock joins the two.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['apps', 'libs/common', 'libs/lenient', 'libs/strict'];
const STRICT_ROW = {
  snapshot: 1,
  envelope: 2,
  minidump: 2,
  elfcore: 2,
  symbols: 2,
  synth: 2,
  'strict-store': 3,
  unwind: 3,
  screen: 3,
  unseal: 3,
  'keeper-wire': 3,
  walk: 4,
};
const LENIENT_ROW = { 'console-client': 1, report: 1, query: 2, alerts: 2, 'lenient-store': 3 };
/** Inside common: ids below all; the test kit and platform may use whatever of common they need. */
const COMMON_ROW = {
  ids: 0,
  'object-store': 0,
  'local-postgres': 0,
  'local-vault': 0,
  access: 1,
  ledger: 1,
  identity: 1,
  database: 1,
  ui: 1,
  platform: 2,
  testkit: 2,
};
/** What strict apps may take of the lenient side; the command line reads reports, and the pure strict libraries for `walk` and `scan`. */
const LENIENT_APPS = new Set(['lenient-api', 'web']);
const CLI_LENIENT = new Set(['console-client', 'report', 'query']);
/** What of common the lenient side may not have, and what the sequencer has. */
const STORES = new Set(['object-store']);
const OF_SEQUENCER = new Set(['ids', 'ledger', 'object-store', 'platform', 'testkit']);
const CLI_STRICT = new Set(['envelope', 'snapshot', 'minidump', 'elfcore', 'unwind', 'symbols', 'screen', 'walk']);

export function readPackages(root) {
  const folders = [...FOLDERS.flatMap((folder) => childrenOf(root, folder)), 'libs/airlock'];
  return folders
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({
      folder,
      short: folder.split('/').at(-1),
      ...JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    }));
}

function childrenOf(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
}

/** Broken rows and a root that holds what every package would then resolve; empty where all is in order. */
export function checkPackages(root) {
  const packages = readPackages(root);
  const byName = new Map(packages.map((found) => [found.name, found]));
  const rows = packages.flatMap((from) =>
    Object.keys(from.dependencies ?? {})
      .filter((name) => name.startsWith('@crashkeep/'))
      .flatMap((name) => {
        const to = byName.get(name);
        if (!to) return [`rows: ${from.folder} depends on ${name}, which does not exist`];
        return mayDepend(from, to) ? [] : [`rows: ${from.folder} may not depend on ${to.folder}`];
      }),
  );
  return [...rows, ...checkRoot(root, packages)];
}

function mayDepend(from, to) {
  if (to.folder.startsWith('apps/')) return false;
  if (from.folder.startsWith('apps/')) return appMayDepend(from.short, to);
  if (from.folder === 'libs/airlock')
    return to.folder.startsWith('libs/strict/') || to.folder === 'libs/lenient/report' || to.short === 'ids';
  const side = from.folder.split('/')[1];
  if (side === 'lenient' && STORES.has(to.short)) return false;
  if (to.folder.startsWith('libs/common/')) return side !== 'common' || lower(COMMON_ROW, from, to);
  if (!to.folder.startsWith(`libs/${side}/`)) return false;
  return lower(side === 'strict' ? STRICT_ROW : LENIENT_ROW, from, to);
}

function lower(rows, from, to) {
  return to.short in rows && from.short in rows && rows[to.short] < rows[from.short];
}

function appMayDepend(app, to) {
  if (app === 'sequencer') return OF_SEQUENCER.has(to.short);
  if (LENIENT_APPS.has(app) && STORES.has(to.short)) return false;
  if (to.folder.startsWith('libs/common/')) return true;
  if (LENIENT_APPS.has(app)) return to.folder.startsWith('libs/lenient/');
  if (app === 'cli') return CLI_LENIENT.has(to.short) || CLI_STRICT.has(to.short);
  if (app === 'standalone') return to.short === 'synth';
  if (app === 'reading-room') return to.folder === 'libs/lenient/report';
  if (to.folder === 'libs/airlock') return app === 'worker';
  return true;
}

function checkRoot(root, packages) {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const runtime = new Set(packages.flatMap((found) => Object.keys(found.dependencies ?? {})));
  const held = [...Object.keys(own.dependencies ?? {}), ...Object.keys(own.optionalDependencies ?? {})].map(
    (name) => `root: package.json depends on ${name}; the root holds development tools only`,
  );
  const shared = Object.keys(own.devDependencies ?? {})
    .filter((name) => name.startsWith('@crashkeep/') || runtime.has(name))
    .map((name) => `root: package.json holds ${name}, which every package would then resolve`);
  return [...held, ...shared];
}
