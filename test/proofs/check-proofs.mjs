import { relative } from 'node:path';
import { readSecurityPage } from './security-page.mjs';

/**
 * Holds docs/security.md against what Vitest wrote of its last whole run (`results`: its JSON reporter's object). Gives a line a
 * row, the faults that make the page untrue, and the counts. A row is proven when it names tests, all of them passed, and the
 * page itself leaves none of its parts open.
 */
export function checkProofs(markdown, results, root) {
  const { rows, faults } = readSecurityPage(markdown);
  const known = outcomes(results, root);
  const judged = rows.map((row) => ({ ...row, wrong: row.tests.flatMap((test) => wrongWith(test, known)) }));
  return {
    lines: judged.map(lineOf),
    faults: [...faults, ...judged.flatMap(({ id, wrong }) => wrong.map((text) => `${id}: ${text}`))],
    walls: count(judged, 'P'),
    inputs: count(judged, 'B'),
  };
}

/** Status by `file > describe > test`. Of tests of one name in a file the worst counts. */
function outcomes({ testResults }, root) {
  const known = new Map();
  for (const { name: path, assertionResults } of testResults) {
    const file = relative(root, path).replaceAll('\\', '/');
    for (const { ancestorTitles, title, status } of assertionResults) {
      const key = [file, ...ancestorTitles, title].join(' > ');
      if (!known.has(key) || status !== 'passed') known.set(key, status);
    }
  }
  return known;
}

function wrongWith({ file, name }, known) {
  const key = `${file} > ${name}`;
  const status = known.get(key);
  if (status === 'passed') return [];
  if (status === 'failed') return [`failed: ${key}`];
  // A test that a machine cannot run says why behind its name.
  const skipped = status !== undefined || [...known.keys()].some((other) => other.startsWith(`${key} (`));
  return [skipped ? `not run here: ${key}` : `no such test: ${key}`];
}

const isProven = ({ tests, wrong, open }) => tests.length > 0 && wrong.length === 0 && open.length === 0;

function lineOf(row) {
  const { id, title, tests, wrong, open } = row;
  const verdict = isProven(row) ? 'proven' : wrong.length > 0 ? 'untrue' : tests.length > 0 ? 'in part' : 'open';
  const left = open.length > 0 ? `, ${open.length} not proved` : '';
  return `${verdict.padEnd(8)}${id.padEnd(4)}${title}: ${tests.length - wrong.length} of ${tests.length} tests passed${left}`;
}

function count(rows, letter) {
  const of = rows.filter(({ id }) => id.startsWith(letter));
  return { proven: of.filter(isProven).length, all: of.length };
}
