// `npm run bench -- NAME [--json]`: what it costs, beside its peers, in one run.
import { printer } from './figure.mjs';
import { benchIngest } from './ingest.mjs';
import { benchLedger } from './ledger.mjs';
import { benchWalk } from './walk.mjs';

const benches = { ingest: benchIngest, ledger: benchLedger, walk: benchWalk };
const names = process.argv.slice(2).filter((word) => word !== '--json');
const [name] = names;
if (names.length !== 1 || !(name in benches)) {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]`);
  process.exit(2);
}
await benches[name](printer(process.argv.includes('--json')));
