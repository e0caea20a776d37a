import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkProofs } from './check-proofs.mjs';
import { readSecurityPage } from './security-page.mjs';

const ROOT = '/house';

const PAGE = `
| | broken into | gets |
|---|---|---|
| P1 | [object store](#p1-object-store) | ciphertext |
| P2 | [database](#p2-database) | headers |

### P1. Object store

A sentence in between, and a list that names no test:
- is not read before its heading.

Proved by:
- \`libs/a.spec.ts\`
  - \`refused > a flipped bit\`
  - \`whole | cut\`
- \`test/b.spec.mjs\`
  - \`over S3\`

### P2. Database

Proved by:
- \`libs/a.spec.ts\`
  - \`refused > no key\`

Not proved:
- the witness, which another
  issue brings.

Mind:
- that a backup is a copy

## Something else

- \`not read\`

| B1 | not a dump | 400 |

### B1. Not a dump
`;

const file = (name, ...tests) => ({
  name: `${ROOT}/${name}`,
  assertionResults: tests.map(([ancestorTitles, title, status = 'passed']) => ({ ancestorTitles, title, status })),
});

const ALL = [
  file('libs/a.spec.ts', [['refused'], 'a flipped bit'], [[], 'whole | cut'], [['refused'], 'no key']),
  file('test/b.spec.mjs', [[], 'over S3']),
];

const check = (testResults, page = PAGE) => checkProofs(page, { testResults }, ROOT);

describe('the page', () => {
  test('gives rows with their tests and what is open', () => {
    const { rows, faults } = readSecurityPage(PAGE);
    expect(faults).toEqual([]);
    expect(rows).toEqual([
      {
        id: 'P1',
        title: 'Object store',
        tests: [
          { file: 'libs/a.spec.ts', name: 'refused > a flipped bit' },
          { file: 'libs/a.spec.ts', name: 'whole | cut' },
          { file: 'test/b.spec.mjs', name: 'over S3' },
        ],
        open: [],
      },
      {
        id: 'P2',
        title: 'Database',
        tests: [{ file: 'libs/a.spec.ts', name: 'refused > no key' }],
        open: ['the witness, which another'],
      },
      { id: 'B1', title: 'Not a dump', tests: [], open: [] },
    ]);
  });

  test.each([
    ['a row without its section', PAGE.replace('### P1. Object store', '### Object store'), 'P1 stands in a table'],
    ['a section without its row', PAGE.replace('| P2 |', '| 2 |'), 'P2 has a section and stands in no table'],
    ['two sections of a row', PAGE.replace('### P2. Database', '### P1. Again'), 'P1 has two sections'],
    [
      'a test before its file',
      PAGE.replace('- `libs/a.spec.ts`\n  - `refused > no', '  - `refused > no'),
      'P2: neither',
    ],
    ['a bullet that is free text', PAGE.replace('  - `over S3`', '  - over S3'), 'P1: neither a spec file nor a test'],
  ])('is faulty: %s', (_what, page, fault) => {
    expect(readSecurityPage(page).faults.join('\n')).toContain(fault);
  });
});

describe('a row', () => {
  test('is proven when all that it names passed and it leaves nothing open', () => {
    const { lines, faults, walls, inputs } = check(ALL);
    expect(faults).toEqual([]);
    expect(lines).toEqual([
      'proven  P1  Object store: 3 of 3 tests passed',
      'in part P2  Database: 1 of 1 tests passed, 1 not proved',
      'open    B1  Not a dump: 0 of 0 tests passed',
    ]);
    expect([walls, inputs]).toEqual([
      { proven: 1, all: 2 },
      { proven: 0, all: 1 },
    ]);
  });

  test.each([
    ['failed', [file('test/b.spec.mjs', [[], 'over S3', 'failed'])], 'P1: failed: test/b.spec.mjs > over S3'],
    [
      'was skipped',
      [file('test/b.spec.mjs', [[], 'over S3', 'skipped'])],
      'P1: not run here: test/b.spec.mjs > over S3',
    ],
    [
      'was skipped and says why',
      [file('test/b.spec.mjs', [[], 'over S3 (no server here)', 'skipped'])],
      'P1: not run here: test/b.spec.mjs > over S3',
    ],
    ['is not there', [], 'P1: no such test: test/b.spec.mjs > over S3'],
    ['is another file’s', [file('test/c.spec.mjs', [[], 'over S3'])], 'P1: no such test: test/b.spec.mjs > over S3'],
    [
      'has a namesake that failed',
      [file('test/b.spec.mjs', [[], 'over S3', 'failed'], [[], 'over S3'])],
      'P1: failed: test/b.spec.mjs > over S3',
    ],
  ])('is untrue when a test that it names %s', (_what, results, fault) => {
    const { lines, faults, walls } = check([ALL[0], ...results]);
    expect(faults).toEqual([fault]);
    expect(lines[0]).toBe('untrue  P1  Object store: 2 of 3 tests passed');
    expect(walls.proven).toBe(0);
  });
});

test('docs/security.md is of that form, and has the twelve rows of the design and its eight bad inputs', () => {
  const page = readFileSync(join(fileURLToPath(new URL('../../', import.meta.url)), 'docs/security.md'), 'utf8');
  const { rows, faults } = readSecurityPage(page);
  expect(faults).toEqual([]);
  const ids = (letter) => rows.map(({ id }) => id).filter((id) => id.startsWith(letter));
  expect(ids('P')).toEqual(Array.from({ length: 12 }, (_, n) => `P${n + 1}`));
  expect(ids('B')).toEqual(Array.from({ length: 8 }, (_, n) => `B${n + 1}`));
  expect(rows.filter(({ tests, open }) => tests.length === 0 && open.length === 0)).toEqual([]);
});
