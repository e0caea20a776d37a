#!/usr/bin/env node
import { existsSync, readFileSync, statSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
const bundle = new URL('../dist/bundle/', import.meta.url);

// `npx crashkeep` works from the clone once something has built it; before that it says what does.
if (isBundleOfToday()) await import(new URL('main.js', bundle).href);
else if (existsSync(main)) await import(main.href);
else {
  console.error('Crashkeep is not built here yet. Run `npm start` or `npm run build` first.');
  process.exitCode = 2;
}

/** The bundle loads in a fraction of the time. What was compiled after it was made is not in it. */
function isBundleOfToday() {
  const list = new URL('inputs.json', bundle);
  const made = statSync(list, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const inputs = made === 0 ? [] : JSON.parse(readFileSync(list, 'utf8'));
  return made > 0 && inputs.every((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) <= made);
}
