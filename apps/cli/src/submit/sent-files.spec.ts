import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SentFiles } from './sent-files.js';
import { dumpFolderOf, dumpsIn } from './watched-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crashkeep-sent-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const stamp = { name: 'core.x.zst', bytes: 3, mtimeMs: 1000.5 };

test('what was sent or refused is known after a restart; the same name written anew is another file', () => {
  const path = join(folder, 'deep', 'state.json');
  const sent = SentFiles.open(path);
  sent.add(stamp, { id: 'x' });
  sent.add({ ...stamp, name: 'bad' }, { refused: 'no dump' });
  const again = SentFiles.open(path);
  expect([again.has(stamp), again.has({ ...stamp, name: 'bad' })]).toEqual([true, true]);
  expect([again.has({ ...stamp, bytes: 4 }), again.has({ ...stamp, mtimeMs: 1001 })]).toEqual([false, false]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  again.keepOnly([stamp]);
  expect(SentFiles.open(path).has({ ...stamp, name: 'bad' })).toBe(false);
});

test('a damaged state file is no empty one: that would send everything again', () => {
  const path = join(folder, 'state.json');
  for (const text of ['', '{', 'null', '{"sent":null}']) {
    writeFileSync(path, text);
    expect(() => SentFiles.open(path)).toThrow();
  }
});

test("dumps are those of a Crashpad database's pending folder, or of systemd-coredump's", () => {
  for (const name of ['core.app.1000.b.1.2.zst', 'core.app.1000.b.2.3', '.#core.app.1', 'journal', 'x.dmp'])
    writeFileSync(join(folder, name), 'x');
  expect(dumpFolderOf(folder)).toBe(folder);
  expect(dumpsIn(folder).map(({ name }) => name)).toEqual(['core.app.1000.b.1.2.zst', 'core.app.1000.b.2.3', 'x.dmp']);
  mkdirSync(join(folder, 'pending'));
  expect(dumpFolderOf(folder)).toBe(join(folder, 'pending'));
});
