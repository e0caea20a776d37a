import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Testbed, openTestbed } from './ingest.testbed.js';

// elfutils' own client and gdb, against this app.
const fixtures = join(
  process.env['CRASHKEEP_SHARED'] ?? resolve(import.meta.dirname, '../../../../shared'),
  'fixtures',
);
const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
const lacks = (...programs: string[]): string | null =>
  existsSync(fixtures) ? (programs.find((program) => !has(program)) ?? null) : '../shared/fixtures';
const named = (title: string, missing: string | null): string =>
  missing === null ? title : `${title} (NOT RUN: no ${missing})`;

const BUILD_ID = '1a7b31b045560f5bfcd6de0c4f81a38b3745976c';
const DEBUG_ID = 'B0317B1A56455B0FFCD6DE0C4F81A38B0';
const program = join(fixtures, 'bin/clang/inlined');
const debugFile = join(fixtures, 'bin/clang/debug/inlined.debug');

let bed: Testbed;
let token: string;
let folder: string;
beforeAll(async () => {
  bed = await openTestbed();
  token = await bed.token('symbols');
  if (!existsSync(fixtures)) return;
  await put('inlined', DEBUG_ID, 'inlined', readFileSync(program));
  await put('inlined', DEBUG_ID, 'inlined.debug', readFileSync(debugFile));
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crashkeep-debuginfod-'));
  return () => rm(folder, { recursive: true });
});
afterAll(() => bed.close());

async function put(debugFileName: string, debugId: string, name: string, bytes: Buffer): Promise<void> {
  const answer = await fetch(`${bed.url}/symbols/${debugFileName}/${debugId}/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: new Uint8Array(bytes),
  });
  expect(answer.status).toBe(200);
}

/** The token as the user of the address; `headers`: in a file of headers instead. */
async function environment(by: 'address' | 'headers' | 'nothing'): Promise<NodeJS.ProcessEnv> {
  const headers = join(folder, 'headers');
  await writeFile(headers, `Authorization: Bearer ${token}\n`, { mode: 0o600 });
  const host = bed.url.replace('http://', '');
  return {
    ...{
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_CACHE_HOME: folder,
      DEBUGINFOD_CACHE_PATH: join(folder, `cache-${by}`),
    },
    DEBUGINFOD_URLS: by === 'address' ? `http://${token}@${host}` : bed.url,
    ...(by === 'headers' ? { DEBUGINFOD_HEADERS_FILE: headers } : {}),
  };
}

function run(command: string, words: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; text: string }> {
  return new Promise((done) => {
    execFile(command, words, { env, maxBuffer: 1 << 24 }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, text: out + err });
    });
  });
}

const noClient = lacks('debuginfod-find');
test.skipIf(noClient !== null).each(['address', 'headers'] as const)(
  named('debuginfod-find, with the token in the %s', noClient),
  async (by) => {
    const env = await environment(by);
    for (const [kind, file] of [
      ['executable', program],
      ['debuginfo', debugFile],
    ] as const) {
      const { code, text } = await run('debuginfod-find', [kind, BUILD_ID], env);
      expect([kind, code, text.trim() !== '']).toEqual([kind, 0, true]);
      expect((await readFile(text.trim())).equals(readFileSync(file))).toBe(true);
    }
    expect((await run('debuginfod-find', ['debuginfo', '00'.repeat(20)], env)).code).toBe(1);
  },
);

test.skipIf(noClient !== null)(named('debuginfod-find without a token gets nothing', noClient), async () => {
  expect((await run('debuginfod-find', ['debuginfo', BUILD_ID], await environment('nothing'))).code).toBe(1);
});

const noGdb = lacks('gdb');
const gdb = (words: string[], env: NodeJS.ProcessEnv): ReturnType<typeof run> =>
  run('gdb', ['-nx', '-batch', '-iex', 'set debuginfod enabled on', ...words], env);

test.skipIf(noGdb !== null).each(['address', 'headers'] as const)(
  named('gdb fetches the debug file of a stripped program, with the token in the %s', noGdb),
  async (by) => {
    const { text } = await gdb(['-ex', 'info line main', program], await environment(by));
    expect(text).toMatch(/Line \d+ of "[^"]*inlined\.cpp" starts at address/);
  },
  60_000,
);

test.skipIf(noGdb !== null)(
  named('gdb walks a core alone: program and debug file come from the vault', noGdb),
  async () => {
    const core = join(folder, 'core');
    await writeFile(core, gunzipSync(readFileSync(join(fixtures, 'cores/own__clang-inlined__core.core.gz'))));
    const { text } = await gdb(['-ex', 'bt', '-c', core], await environment('address'));
    expect(text).toMatch(/#\d+ .*geo::Square::area/);
    expect(text).toMatch(/#\d+ .*main \(/);
    const without = await gdb(['-ex', 'bt', '-c', core], await environment('nothing'));
    expect(without.text).not.toContain('geo::Square::area');
  },
  60_000,
);
