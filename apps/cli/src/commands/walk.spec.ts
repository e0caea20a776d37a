import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleDump, sampleSymbols, stackAt, synthMinidump } from '@crashkeep/synth';

const PROGRAM = fileURLToPath(new URL('../../bin/crashkeep.mjs', import.meta.url));
let folder = '';

beforeAll(() => {
  if (!existsSync(new URL('../../dist/main.js', import.meta.url))) {
    throw new Error('The command is not compiled. Run: npx tsc -b apps/cli');
  }
  folder = mkdtempSync(join(tmpdir(), 'ck-walk-'));
  writeFileSync(join(folder, 'lantern.dmp'), sampleDump());
  writeFileSync(join(folder, 'letter.txt'), 'Dear crash');
  for (const [i, { debugFile, debugId, name, text }] of sampleSymbols().entries()) {
    const place = join(folder, 'symbols', debugFile, debugId);
    mkdirSync(place, { recursive: true });
    if (i % 2 === 0) writeFileSync(join(place, name), text);
    else writeFileSync(join(place, `${name}.gz`), gzipSync(text));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface PrintedWalk {
  readonly error?: { readonly code: string };
  readonly threads: readonly { readonly frames: readonly Record<string, unknown>[] }[];
  readonly modules: readonly { readonly symbols_loaded: boolean }[];
}

function crashkeep(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'walk', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'caches') },
  });
  return { status, stdout, stderr, walks: walksIn(stdout) };
}

function walksIn(stdout: string): PrintedWalk[] {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as PrintedWalk);
}

describe('forms are kept on disk', () => {
  const cache = (): string => join(folder, 'caches/crashkeep/symbols');
  const forms = (): string[] => (existsSync(cache()) ? readdirSync(cache()) : []);
  const walked = (...args: string[]): string =>
    crashkeep('--json', '--symbols', 'symbols', ...args, 'lantern.dmp').stdout;
  beforeEach(() => {
    rmSync(join(folder, 'caches'), { recursive: true, force: true });
  });

  test('for their owner alone, as many as there were symbol files, and found again', () => {
    const first = walked();
    expect(forms()).toHaveLength(sampleSymbols().length);
    expect(statSync(cache()).mode & 0o777).toBe(0o700);
    expect(forms().map((name) => statSync(join(cache(), name)).mode & 0o777)).toEqual(forms().map(() => 0o600));
    const times = forms().map((name) => statSync(join(cache(), name)).ctimeMs);
    expect(walked()).toBe(first);
    expect(forms().every((name, i) => statSync(join(cache(), name)).ctimeMs > (times[i] ?? Infinity))).toBe(true);
  });

  test('they are taken, where they are there: what they say is what is printed', () => {
    const first = walked();
    const forged = readFileSync(join(cache(), forms()[0] ?? ''));
    for (const name of forms()) writeFileSync(join(cache(), name), 'not symbols');
    expect(first).toContain('"function"');
    expect(walked()).not.toContain('"function"');
    // Damaged, a form is made anew; of another file, it is a form of that.
    for (const name of forms()) writeFileSync(join(cache(), name), forged.subarray(0, 40));
    expect(walked()).toBe(first);
  });

  test('--no-cache neither reads nor writes', () => {
    const first = walked('--no-cache');
    expect(forms()).toEqual([]);
    walked();
    for (const name of forms()) writeFileSync(join(cache(), name), 'not symbols');
    expect(walked('--no-cache')).toBe(first);
  });

  test('nothing of the dump is in them', () => {
    walked();
    const held = forms().map((name) => readFileSync(join(cache(), name)));
    const dump = sampleDump();
    // Random by nature, and in no symbol file: the stack of a thread, wherever it has eight bytes that are not mostly zero.
    for (let at = 0; at + 16 <= dump.length; at += 16) {
      const words = dump.subarray(at, at + 16);
      if (new Set(words).size > 12) expect(held.some((form) => form.includes(Buffer.from(words)))).toBe(false);
    }
  });

  test.skipIf(process.getuid === undefined)('a folder that others can write is not used', () => {
    mkdirSync(cache(), { recursive: true });
    chmodSync(cache(), 0o777);
    expect(walked()).toContain('"function"');
    expect(forms()).toEqual([]);
  });
});

test('one JSON object a file, in the uniform shape', () => {
  const { status, walks } = crashkeep('--json', '--symbols', 'symbols', 'lantern.dmp');
  expect(status).toBe(0);
  expect(walks).toHaveLength(1);
  const [walk] = walks;
  expect(walk).toMatchObject({
    ...{ id: 'lantern', dump: 'lantern.dmp', format: 'minidump', os: 'Linux', cpu: 'amd64', pid: 48_213 },
    ...{ crash_reason: 'SIGSEGV / SEGV_MAPERR', crash_address: '0x0000000000000018', crashing_thread: 1 },
  });
  expect(walk?.threads[1]?.frames[0]).toMatchObject({ index: 0, module: 'lantern', trust: 'context' });
  expect(Object.entries(walk?.threads[1]?.frames[0] ?? {})).toEqual(
    expect.arrayContaining([
      ['offset', expect.stringMatching(/^0x[0-9a-f]{16}$/)],
      ['module_offset', expect.stringMatching(/^0x[0-9a-f]{16}$/)],
      ['function', expect.stringMatching(/find/)],
      ['line', expect.any(Number)],
    ]),
  );
  expect(walk?.modules.every((module) => module.symbols_loaded)).toBe(true);
});

test('what cannot be walked is a code on its own line, and the others are walked', () => {
  const { status, walks } = crashkeep('--json', 'letter.txt', 'absent.dmp', '.', 'lantern.dmp');
  expect(status).toBe(1);
  expect(walks.map(({ error }) => error?.code ?? null)).toEqual([
    'walk.not-a-dump',
    'file.not-found',
    'file.not-a-file',
    null,
  ]);
});

test('wrong usage is 2', () => {
  expect(crashkeep().status).toBe(2);
  expect(crashkeep('--symbols', 'absent', 'lantern.dmp').status).toBe(2);
  expect(crashkeep('--colour', 'lantern.dmp').status).toBe(2);
});

test('a person reads the crashed thread first, with trust and without colours in a pipe', () => {
  const { status, stdout } = crashkeep('--symbols', 'symbols', 'lantern.dmp');
  expect(status).toBe(0);
  expect(stdout).toMatch(/SIGSEGV \/ SEGV_MAPERR at 0x18 \(null\+0x18\)/);
  expect(stdout.indexOf('Thread 1')).toBeLessThan(stdout.indexOf('Thread 0'));
  expect(stdout).toMatch(/lantern!.* \+ 0x6a \[.*:\d+\] {2}context/);
  expect(stdout).not.toContain('\u001b');
});

test('names out of a dump reach a terminal without control characters, and no folder beside the symbols', () => {
  const dump = synthMinidump()
    .module({
      name: '/opt/\u202egpj.\u001b[2Jexe',
      base: 0x40_0000n,
      size: 0x1000,
      debug: { kind: 'elf', buildId: 'ab'.repeat(20) },
    })
    .module({ name: '/opt/..', base: 0x50_0000n, size: 0x1000, debug: { kind: 'elf', buildId: 'cd'.repeat(20) } })
    .thread({ id: 1, registers: { rip: 0x40_0120n, rsp: 0x7ffd_0000n }, stack: stackAt(0x7ffd_0000n)`| 0x500140 |` });
  writeFileSync(join(folder, 'hostile.dmp'), dump.bytes());
  const { status, stdout } = crashkeep('--symbols', 'symbols', 'hostile.dmp');
  expect(status).toBe(0);
  expect(stdout).toContain('?gpj.?[2Jexe');
});

const SHARED = process.env['CRASHKEEP_SHARED'] ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const fixtures = join(SHARED, 'fixtures');
const absent = !existsSync(fixtures);

test.skipIf(absent)(
  `a core is walked with the images and debug files that a folder holds${absent ? ' (shared fixtures are absent)' : ''}`,
  () => {
    const core = join(folder, 'own__fp-deep__core');
    writeFileSync(core, gunzipSync(readFileSync(join(fixtures, 'cores', 'own__fp-deep__core.core.gz'))));
    const { status, walks } = crashkeep('--json', '--symbols', join(fixtures, 'bin', 'fp'), core);
    expect(status).toBe(0);
    const functions = walks[0]?.threads[0]?.frames.map((frame) => frame['function']);
    expect(functions?.[0]).toMatch(/\w/);
    expect(functions).toContain('main');
    expect(walks[0]?.threads[0]?.frames[0]).toHaveProperty('pc');
  },
);
