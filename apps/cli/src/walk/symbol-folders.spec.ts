import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ConvertJob, ConvertedForm, ModuleKey, WalkRunner } from '@crashkeep/walk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SymbolFolders } from './symbol-folders.js';

const BUILD_ID = 'ab'.repeat(20);
const DEBUG_ID = `${'AB'.repeat(16)}0`;
const module: ModuleKey = { debugFile: 'libx.so', debugId: DEBUG_ID, codeFile: 'libx.so', codeId: BUILD_ID };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ck-folders-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Files whose content is the build id that they tell; `none` is no symbol file. */
function write(path: string, content = BUILD_ID): void {
  const place = join(folder, path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, path.endsWith('.gz') ? gzipSync(content) : content);
}

/** Stands for the child: what it converts says of itself what stands in it. */
const runner = {
  convert: async ({ source }: ConvertJob): Promise<ConvertedForm> => {
    const codeId = Buffer.from(await source.read(0, source.size)).toString();
    if (codeId === 'none') throw new Error('no symbol file');
    const identity = { os: 'Linux', cpu: 'amd64', debugId: DEBUG_ID, debugFile: '', codeId };
    return {
      identity,
      dropped: { badLines: 0, longLines: 0, outOfRange: 0, unwindRules: 0 },
      form: [Buffer.from('x')],
    };
  },
} as unknown as WalkRunner;

async function found(key = module): Promise<string[]> {
  const [symbols = []] = await new SymbolFolders([folder], runner, null).find([key]);
  return symbols.map((source) => relative(folder, source.key));
}

test('a debug file is asked first, then a .sym, then the image', async () => {
  write('bin/libx.so');
  write(`libx.so/${DEBUG_ID}/libx.so.sym`);
  write('debug/libx.so.debug');
  expect(await found()).toEqual(['debug/libx.so.debug', `libx.so/${DEBUG_ID}/libx.so.sym`, 'bin/libx.so']);
});

test('each is found alone, and gzipped', async () => {
  write('bin/libx.so.gz');
  expect(await found()).toEqual(['bin/libx.so.gz']);
  write(`libx.so/${DEBUG_ID}/libx.so.sym.gz`);
  expect(await found()).toEqual([`libx.so/${DEBUG_ID}/libx.so.sym.gz`, 'bin/libx.so.gz']);
});

test.each([
  `.build-id/${BUILD_ID.slice(0, 2)}/${BUILD_ID.slice(2)}.debug`,
  `${BUILD_ID}.debug`,
  `buildid/${BUILD_ID}/debuginfo`,
  `buildid/${BUILD_ID}/executable`,
])('by build id: %s', async (path) => {
  write(path);
  expect(await found()).toEqual([path]);
});

test('a file of another build, or no symbol file, is passed over whatever its name', async () => {
  write('old/libx.so', 'cd'.repeat(20));
  write('notes/libx.so', 'none');
  write('new/libx.so');
  expect(await found()).toEqual(['new/libx.so']);
});

test('a module that tells no id is believed its name', async () => {
  write('bin/libx.so', 'cd'.repeat(20));
  expect(await found({ ...module, debugId: null, codeId: null })).toEqual(['bin/libx.so']);
});
