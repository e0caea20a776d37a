import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DumpSyms } from './dump-syms.js';

const shared = process.env['CRASHKEEP_SHARED'] ?? resolve(import.meta.dirname, '../../../../../../shared');
const pdb = join(shared, 'fixtures/winx64/pdb/nullderef-c.pdb.gz');
const cached = join(homedir(), '.cache/crashkeep/bin/dump_syms');
const tool = DumpSyms.find(process.env['CRASHKEEP_DUMP_SYMS'] ?? (existsSync(cached) ? cached : null));
const missing = tool === null ? 'dump_syms' : existsSync(pdb) ? null : '../shared/fixtures';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ck-dump-syms-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program that stands for the tool: a shell script with these lines. */
async function standIn(lines: string, limits: ConstructorParameters<typeof DumpSyms>[1] = {}): Promise<DumpSyms> {
  const path = join(folder, 'tool');
  await writeFile(path, `#!/bin/sh\n${lines}\n`);
  await chmod(path, 0o755);
  return new DumpSyms(path, limits);
}

const input = (): string => join(folder, 'in.pdb');
const output = (): string => join(folder, 'out.sym');

test.skipIf(missing !== null)(
  missing === null ? 'a PDB becomes Breakpad text' : `a PDB becomes Breakpad text (NOT RUN: no ${missing})`,
  async () => {
    await writeFile(input(), gunzipSync(await readFile(pdb)));
    await tool?.dump(input(), output());
    const text = await readFile(output(), 'utf8');
    expect(text).toMatch(/^MODULE windows x86_64 AB7DB8A2DB68D65C4C4C44205044422E1 in\.pdb\n/);
    expect(text).toMatch(/^FUNC [0-9a-f]+ [0-9a-f]+ 0 level12\(/m);
    await writeFile(join(folder, 'junk.pdb'), 'no PDB at all');
    await expect(tool?.dump(join(folder, 'junk.pdb'), join(folder, 'junk.sym'))).rejects.toThrow('walk.not-symbols');
  },
);

describe('whatever the tool does', () => {
  test('it has no environment of ours, no shell, and no standard input', async () => {
    process.env['CK_SECRET_OF_TEST'] = 'hunter2';
    const one = await standIn('/usr/bin/env; /bin/cat; echo "$@"');
    await one.dump(`${folder}/in $(touch x).pdb`, output());
    const text = await readFile(output(), 'utf8');
    expect(text).not.toContain('hunter2');
    expect(text.split('\n').at(-2)).toBe(`--inlines ${folder}/in $(touch x).pdb`);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test('it is killed when its time is over', async () => {
    const one = await standIn('exec /bin/sleep 60', { milliseconds: 300 });
    await expect(one.dump(input(), output())).rejects.toThrow('walk.timeout');
  });

  test('it is killed when it says too much', async () => {
    const one = await standIn('exec /usr/bin/yes', { textBytes: 1_000_000 });
    await expect(one.dump(input(), output())).rejects.toThrow('walk.symbols-too-large');
  });

  test.each([
    ['nothing', 'true', 'walk.not-symbols'],
    ['an error', 'echo x; exit 3', 'walk.not-symbols'],
  ])('%s is no symbols', async (_what, lines, code) => {
    await expect((await standIn(lines)).dump(input(), output())).rejects.toThrow(code);
  });

  test('what is there already is not written over', async () => {
    await writeFile(output(), 'mine');
    await expect((await standIn('echo x')).dump(input(), output())).rejects.toThrow();
    expect(await readFile(output(), 'utf8')).toBe('mine');
  });

  test('its list of architectures is words', async () => {
    const one = await standIn('echo "x86_64 arm64"; echo "../etc; rm"');
    expect(await one.architectures(input())).toEqual(['x86_64', 'arm64', 'etc']);
  });
});

test('it is looked for where the settings say, else on the path', async () => {
  await standIn('true');
  await writeFile(join(folder, 'dump_syms'), '#!/bin/sh\n');
  expect(DumpSyms.find(null, folder)).toBeNull();
  await chmod(join(folder, 'dump_syms'), 0o755);
  expect(DumpSyms.find(null, `/nowhere:${folder}`)).not.toBeNull();
  expect(DumpSyms.find('/nowhere/dump_syms', folder)).toBeNull();
});
