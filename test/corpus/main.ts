// Screens every labelled core and prints what was found of what is in it; the last line is the figure.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readElfCore } from '@crashkeep/elfcore';
import { regionsOfDump, screen } from '@crashkeep/screen';
import { BufferSource } from '@crashkeep/snapshot';
import { readGroundTruth } from './ground-truth.js';
import { type DumpScore, scoreDump, type Tally } from './score-dump.js';

const shared = process.env['CRASHKEEP_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const corpus = join(shared, 'corpus');
if (!existsSync(join(corpus, 'ground-truth.tar.gz'))) {
  console.log(`the corpus is not here (CRASHKEEP_SHARED): nothing was screened`);
  process.exit(1);
}

const truth = readGroundTruth(corpus);
const wanted = process.argv.slice(2);
const names = readdirSync(corpus)
  .filter((file) => file.endsWith('.core.gz'))
  .map((file) => file.replace('.core.gz', ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

const scores: DumpScore[] = [];
let clean: readonly number[] | null = null;
let searched = 0;
let claimed = 0;
let seconds = 0;
for (const name of names) {
  const source = new BufferSource(gunzipSync(readFileSync(join(corpus, `${name}.core.gz`))));
  const begin = process.cpuUsage();
  const result = screen(source, regionsOfDump(readElfCore(source).memory.regions, source.size));
  const { user, system } = process.cpuUsage(begin);
  const spent = (user + system) / 1e6;
  const labels = truth.labels.filter(({ dump }) => dump === name);
  const score = scoreDump(labels, truth.plants(name), result);
  if (name.startsWith('clean')) clean = score.byLevel;
  scores.push(score);
  searched += result.readBytes;
  claimed += result.claimedBytes;
  seconds += spent;
  const skipped = result.skipped.map(({ detector, reason, count }) => `${detector} ${reason} ${count}`).join(', ');
  console.log(
    `${name}: ${result.status}, ${(source.size / 1e6).toFixed(1)} MB in ${spent.toFixed(2)} s of CPU, levels 0 to 5: ${score.byLevel.join(' ')}` +
      (skipped === '' ? '' : `; not searched: ${skipped}`),
  );
  for (const { id, kind, found } of score.keys) console.log(`  ${found ? 'found ' : 'MISSED'} ${kind} ${id}`);
}

console.log('by form, whole occurrences:');
for (const [form, { found, of }] of [...sum(scores.map(({ forms }) => forms))].sort())
  console.log(`  ${form}: ${found} of ${of}`);

const isKey = ({ kind }: { readonly kind: string }) => kind !== 'token' && kind !== 'raw';
const keys = scores.flatMap((score) => score.keys).filter(isKey);
const copies = scores.map((score) => score.copies);
const copyFound = copies.reduce((total, { found }) => total + found, 0);
const copyOf = copies.reduce((total, { of }) => total + of, 0);
const memory = process.resourceUsage().maxRSS / 1024;
console.log(
  `recall ${keys.filter(({ found }) => found).length} of ${keys.length} keys, ` +
    `copy recall ${((100 * copyFound) / Math.max(1, copyOf)).toFixed(2)} %, ` +
    `clean-python at level 2 and above: ${clean === null ? 'not screened' : clean.slice(2).reduce((a, b) => a + b, 0)}, ` +
    `${((100 * searched) / Math.max(1, claimed)).toFixed(1)} % searched, ${seconds.toFixed(1)} s, ${memory.toFixed(0)} MB`,
);

function sum(maps: readonly ReadonlyMap<string, Tally>[]): Map<string, Tally> {
  const total = new Map<string, Tally>();
  for (const [form, { found, of }] of maps.flatMap((map) => [...map])) {
    const tally = total.get(form) ?? { found: 0, of: 0 };
    total.set(form, { found: tally.found + found, of: tally.of + of });
  }
  return total;
}
