// `npm run proofs`: for each row of docs/security.md the tests that it names: they exist, they ran, they passed. Reads what the
// last `npm test` left; runs nothing. Ends with `N rows proven of M`, counting the rows of what one broken part gives away.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkProofs } from '../test/proofs/check-proofs.mjs';
import { root } from './steps/run.mjs';

const results = join(root, '.test-results.json');
if (!existsSync(results)) {
  console.error('No results of a test run are here. Run npm test first; proofs are read from what it leaves.');
  process.exit(1);
}
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const { lines, faults, walls, inputs } = checkProofs(page, JSON.parse(readFileSync(results, 'utf8')), root);
for (const line of lines) console.log(line);
for (const fault of faults) console.error(fault);
console.log(`${inputs.proven} of ${inputs.all} bad inputs answered as the page says`);
console.log(`${walls.proven} rows proven of ${walls.all}`);
process.exit(faults.length === 0 ? 0 : 1);
