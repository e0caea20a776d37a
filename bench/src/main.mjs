// `npm run bench -- NAME [--json]`: what it costs, beside its peers, in one run. `query` takes `--rows N` and `--plans FILE` too.
import { printer } from './figure.mjs';
import { benchIngest } from './ingest.mjs';
import { benchLedger } from './ledger.mjs';
import { benchQuery } from './query.mjs';
import { benchScreen } from './screen.mjs';
import { benchWalk } from './walk.mjs';

const benches = { ingest: benchIngest, ledger: benchLedger, query: benchQuery, screen: benchScreen, walk: benchWalk };
const [name, ...more] = process.argv.slice(2).filter((word) => word !== '--json');
if (!(name in benches) || (more.length > 0 && name !== 'query')) {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]`);
  process.exit(2);
}
await benches[name](printer(process.argv.includes('--json')), more);
