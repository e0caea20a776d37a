// `npm run laws`: laws 1 to 6 of the house, the rows of its table, and that the open report's type can hold nothing else.
import { checkLaws } from '../test/laws/check-laws.mjs';
import { root, run } from './steps/run.mjs';

const broken = await checkLaws(root);
for (const line of broken) console.error(line);
// `Leaks<LenientReport>` is a type that must be false: the package does not compile otherwise.
const leaks = run('npx', ['--no-install', 'tsc', '-b', 'libs/lenient/report']) === 0 ? 0 : 1;
if (leaks > 0) console.error('leaks: libs/lenient/report does not compile, so the law of its types is not proved');
console.log(`${broken.length + leaks} laws broken`);
process.exit(broken.length + leaks === 0 ? 0 : 1);
