#!/usr/bin/env node
import { existsSync } from 'node:fs';

// `npx crashkeep` works from the clone once something has built it; before that it says what does.
const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  console.error('Crashkeep is not built here yet. Run `npm start` or `npm run build` first.');
  process.exitCode = 2;
}
