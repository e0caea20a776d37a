import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileLine, findingLine } from './finding-lines.js';
import { filesIn } from './files-in.js';
import { sarifLog } from './sarif.js';
import { scanFile } from './scan-file.js';

const folder = mkdtempSync(join(tmpdir(), 'crashkeep-scan-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
const keyFile = join(folder, 'a', 'key.txt');
mkdirSync(join(folder, 'a'));
writeFileSync(keyFile, `begin ${pem.toString()}`);
writeFileSync(join(folder, 'b.txt'), 'nothing');

test('a folder is all that is in it', () => {
  expect([...filesIn([folder])]).toEqual([keyFile, join(folder, 'b.txt')]);
});

test('a finding is a line of the fields that scripts rely on, and of no other', () => {
  const outcome = scanFile(keyFile);
  if ('code' in outcome) throw new Error(outcome.code);
  const [first] = outcome.result.findings;
  if (first === undefined) throw new Error('nothing found');
  expect(findingLine(keyFile, first)).toEqual({
    file: keyFile,
    kind: 'ed25519-private-key',
    level: 2,
    offset: 6,
    address: null,
    length: pem.length - 1,
    detector: 'pem@1',
    public: expect.stringMatching(/^[0-9a-f]{64} SHA256:[A-Za-z0-9+/]{43}$/) as string,
  });
  expect(fileLine(keyFile, outcome.result)).toEqual({ file: keyFile, screened: 'complete', skipped: [] });
  expect(JSON.stringify(sarifLog([{ file: keyFile, result: outcome.result }], []))).not.toContain('MC4CAQ');
});

test('a file that is not there has a code', () => {
  expect(scanFile(join(folder, 'none'))).toEqual({ code: 'file.not-found' });
});
